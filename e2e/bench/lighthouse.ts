import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import lighthouse, { desktopConfig } from 'lighthouse'
import { browserFlags, findBrowser } from '../tools/browser.ts'
import { percentile, withServers } from './measure.ts'
import { atLeast, type Row, type Section } from './report.ts'

const RUNS = 5
const CATEGORIES = [
  ['performance', 'performance', 95],
  ['accessibility', 'accessibility', 100],
  ['best-practices', 'best practices', 100],
] as const
const DEVICES = [
  ['phone', undefined],
  ['desktop', desktopConfig],
] as const

export const lighthouseSection: Section = {
  name: 'lighthouse',
  title: 'Lighthouse',
  how:
    `The pages of the production build, with the sandbox’s 90 numbers, signed in for /numbers. Each page ${RUNS} times for each device, with Lighthouse’s own ` +
    'throttling (phone: a slow 4G connection and a processor four times slower than this one, whatever this one is); the score is the middle one of the runs.',
  run: () =>
    withServers([], async ({ sandbox, app }) => {
      const profile = mkdtempSync(join(tmpdir(), 'numberdesk-lighthouse-'))
      // Lighthouse brings a driver of its own; a profile on disk tells it the port that the browser chose.
      const context = await chromium.launchPersistentContext(profile, {
        executablePath: findBrowser(),
        args: [...browserFlags(), '--remote-debugging-port=0'],
      })
      try {
        const port = Number.parseInt(readFileSync(join(profile, 'DevToolsActivePort'), 'utf8'), 10)
        const rows = await scores(`${app.url}/sign-in`, port)
        const page = await context.newPage()
        await page.goto(`${app.url}/sign-in`)
        await page.getByLabel('Vida API token').fill(sandbox.tokens.reseller)
        await page.getByRole('button', { name: 'Sign in', exact: true }).click()
        await page.getByText(/numbers in \d+ accounts/).waitFor()
        await page.close()
        return [...rows, ...(await scores(`${app.url}/numbers`, port))]
      } finally {
        await context.close()
        rmSync(profile, { recursive: true, force: true })
      }
    }),
}

async function scores(url: string, port: number): Promise<Row[]> {
  const { pathname } = new URL(url)
  const rows: Row[] = []
  for (const [device, config] of DEVICES) {
    const runs = []
    for (let run = 0; run < RUNS; run++) runs.push(await audit(url, port, config))
    for (const [id, name, least] of CATEGORIES) {
      const samples = runs.map(({ categories }) => (categories[id]?.score ?? 0) * 100)
      const faults = new Set(runs.flatMap((result) => faultsOf(result, id)))
      const note = id === 'performance' ? paint(runs) : [...faults].join('; ')
      rows.push(atLeast(`${pathname} on a ${device}: ${name}`, percentile(samples, 0.5), least, note))
    }
  }
  return rows
}

async function audit(url: string, port: number, config: typeof desktopConfig | undefined) {
  const onlyCategories = CATEGORIES.map(([id]) => id)
  const result = await lighthouse(url, { port, onlyCategories, logLevel: 'error' }, config)
  if (!result) throw new Error('Lighthouse gave no result')
  const { lhr } = result
  if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`)
  // A session that ended would be measured as the sign-in page.
  if (lhr.finalDisplayedUrl !== url) throw new Error(`Lighthouse was sent on to ${lhr.finalDisplayedUrl}`)
  return lhr
}

type Result = Awaited<ReturnType<typeof audit>>

/** Titles of what costs points in a category. */
function faultsOf({ categories, audits }: Result, id: string): string[] {
  const counted = categories[id]?.auditRefs.filter(({ weight }) => weight > 0) ?? []
  return counted.flatMap((ref) => {
    const found = audits[ref.id]
    return found && found.score !== null && found.score < 1 ? [found.title] : []
  })
}

function paint(runs: readonly Result[]): string {
  const middle = (id: string) => {
    const values = runs.map(({ audits }) => audits[id]?.numericValue ?? Number.NaN)
    return percentile(values, 0.5)
  }
  const indexes = runs.map(({ environment }) => environment.benchmarkIndex)
  return [
    `Largest paint after ${middle('largest-contentful-paint').toFixed(0)} ms`,
    `main thread blocked for ${middle('total-blocking-time').toFixed(0)} ms`,
    `layout shift ${middle('cumulative-layout-shift').toFixed(3)}`,
    // Lighthouse's own measure of the machine, which its throttling does not take into account.
    `the machine’s benchmark index ${percentile(indexes, 0.5).toFixed(0)}.`,
  ].join(', ')
}
