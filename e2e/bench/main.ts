import { parseArgs } from 'node:util'
import { batchSection } from './batch.ts'
import { browserSection } from './browser.ts'
import { compareSection } from './compare.ts'
import { eventLoopSection } from './event-loop.ts'
import { fuzzSection } from './fuzz.ts'
import { largeSection } from './large.ts'
import { lighthouseSection } from './lighthouse.ts'
import { loadSection } from './load.ts'
import { paletteSection } from './palette.ts'
import { pressSection } from './press.ts'
import { type Finished, markdown, type Section, writeReport } from './report.ts'
import { scanSection } from './scan.ts'
import { useSection } from './use.ts'
import { wholeSection } from './whole.ts'

const SECTIONS: readonly Section[] = [
  scanSection,
  useSection,
  browserSection,
  largeSection,
  compareSection,
  paletteSection,
  lighthouseSection,
  batchSection,
  pressSection,
  loadSection,
  wholeSection,
  fuzzSection,
  eventLoopSection,
]
const REPORT = 'docs/benchmarks.md'

/** `npm run bench`: measures the production build against a sandbox; `-- --only a,b` for some sections. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  const wanted = values.only?.split(',')
  const unknown = wanted?.find((name) => !SECTIONS.some((section) => section.name === name))
  if (unknown)
    throw new Error(`No section is called ${unknown}. There are: ${SECTIONS.map(({ name }) => name).join(', ')}.`)
  const finished: Finished[] = []
  for (const section of SECTIONS) {
    if (wanted && !wanted.includes(section.name)) continue
    const done = { section, rows: await section.run() }
    process.stdout.write(`${markdown(done)}\n\n`)
    finished.push(done)
  }
  writeReport(REPORT, finished, SECTIONS)
}

await main()
