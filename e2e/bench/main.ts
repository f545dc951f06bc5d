import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { batchSection } from './batch.ts'
import { browserSection } from './browser.ts'
import { lighthouseSection } from './lighthouse.ts'
import { loadSection } from './load.ts'
import { type Finished, machine, printSection, type Section, writeReport } from './report.ts'
import { scanSection } from './scan.ts'

const SECTIONS: readonly Section[] = [scanSection, browserSection, lighthouseSection, batchSection, loadSection]
const REPORT = 'docs/benchmarks.md'

/** `npm run bench`: measures the production build against a sandbox; `--only a,b` for some sections, `--no-write` to look only. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, 'no-write': { type: 'boolean' } } })
  if (!existsSync('.next/BUILD_ID')) throw new Error('There is no production build: run `npm run build` first.')
  const wanted = values.only?.split(',')
  const unknown = wanted?.find((name) => !SECTIONS.some((section) => section.name === name))
  if (unknown)
    throw new Error(`No section is called ${unknown}. There are: ${SECTIONS.map(({ name }) => name).join(', ')}.`)
  process.stdout.write(`${machine()}\n`)
  const finished: Finished[] = []
  for (const section of SECTIONS) {
    if (wanted && !wanted.includes(section.name)) continue
    const done = { section, rows: await section.run() }
    printSection(done)
    finished.push(done)
  }
  if (!values['no-write']) writeReport(REPORT, finished, SECTIONS)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The bench failed.'}\n`)
  process.exitCode = 1
}
