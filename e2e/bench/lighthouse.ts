import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import lighthouse, { desktopConfig } from 'lighthouse'
import { browserFlags, findBrowser } from '../support/browser.ts'
import { signInOnPage } from '../support/page-steps.ts'
import { percentile, withServers } from './measure.ts'
import { atLeast, type Row, type Section } from './report.ts'

const RUNS = 5
const CATEGORIES = [
  ['performance', 'performance', 95],
  ['accessibility', 'accessibility', 100],
  ['best-practices', 'best practices', 100],
] as const
type LighthouseConfig = Parameters<typeof lighthouse>[2]
type Result = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr']
const DEVICES = [
  ['phone', undefined],
  ['desktop', desktopConfig],
] as const

/** Lighthouse slows a desktop with a benchmark index of 1500 to 2000 down four times (its docs/throttling.md). */
const INDEX_OF_FAST_DESKTOP = 1750
const SLOWDOWN = 4

export const lighthouseSection: Section = {
  name: 'lighthouse',
  title: 'Lighthouse',
  how:
    `The pages of the production build, with the sandbox’s 90 numbers, signed in for /numbers. Each page ${RUNS} times for each device, with Lighthouse’s own ` +
    'throttling (phone: a slow 4G connection and a processor four times slower than this one, whatever this one is); the score is the middle one of the runs. ' +
    `“Calibrated” is the same phone whatever machine measures: ${SLOWDOWN} times slower than one with a benchmark index of ${INDEX_OF_FAST_DESKTOP}, as Lighthouse’s documentation asks for.`,
  run: () =>
    withServers([], async ({ sandbox, app }) => {
      const profile = mkdtempSync(join(tmpdir(), 'numberdesk-lighthouse-'))
      // Lighthouse connects by itself; the profile on disk has the port that the browser chose.
      const context = await chromium.launchPersistentContext(profile, {
        executablePath: findBrowser(),
        args: [...browserFlags(), '--remote-debugging-port=0'],
      })
      try {
        const port = Number.parseInt(readFileSync(join(profile, 'DevToolsActivePort'), 'utf8'), 10)
        const rows = await scores(`${app.url}/sign-in`, port)
        const page = await context.newPage()
        await page.goto(`${app.url}/sign-in`)
        await signInOnPage(page, sandbox.tokens.reseller)
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
    const runs = await audits(url, port, config)
    for (const [id, name, least] of CATEGORIES) {
      const faults = new Set(runs.flatMap((result) => faultsOf(result, id)))
      const note = id === 'performance' ? paint(runs) : [...faults].join('; ')
      rows.push(atLeast(`${pathname} on a ${device}: ${name}`, middleScore(runs, id), least, note))
    }
    if (device === 'phone') rows.push(await calibrated(url, port, runs))
  }
  return rows
}

async function calibrated(url: string, port: number, before: readonly Result[]): Promise<Row> {
  const factor = (SLOWDOWN * middleIndex(before)) / INDEX_OF_FAST_DESKTOP
  const usual = before[0]?.configSettings.throttling
  const throttling = { ...usual, cpuSlowdownMultiplier: factor }
  const runs = await audits(url, port, { extends: 'lighthouse:default', settings: { throttling } })
  const what = `${new URL(url).pathname} on a phone, calibrated: performance`
  return atLeast(what, middleScore(runs, 'performance'), 95, `${factor.toFixed(1)} times slower. ${paint(runs)}`)
}

async function audits(url: string, port: number, config: LighthouseConfig): Promise<Result[]> {
  const runs: Result[] = []
  for (let run = 0; run < RUNS; run++) runs.push(await audit(url, port, config))
  return runs
}

async function audit(url: string, port: number, config: LighthouseConfig, again = true): Promise<Result> {
  const onlyCategories = CATEGORIES.map(([id]) => id)
  const result = await lighthouse(url, { port, onlyCategories, logLevel: 'error' }, config)
  if (!result) throw new Error('Lighthouse gave no result')
  const { lhr } = result
  // Sometimes Chromium's trace lacks its beginning; that says nothing about the page.
  if (lhr.runtimeError?.code === 'NO_NAVSTART' && again) return audit(url, port, config, false)
  if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`)
  // A session that ended would be measured as the sign-in page.
  if (lhr.finalDisplayedUrl !== url) throw new Error(`Lighthouse was sent on to ${lhr.finalDisplayedUrl}`)
  return lhr
}

function faultsOf({ categories, audits }: Result, id: string): string[] {
  const counted = categories[id]?.auditRefs.filter(({ weight }) => weight > 0) ?? []
  return counted.flatMap((ref) => {
    const found = audits[ref.id]
    return found && found.score !== null && found.score < 1 ? [found.title] : []
  })
}

function paint(runs: readonly Result[]): string {
  const of = (id: string) => middle(runs, ({ audits }) => audits[id]?.numericValue ?? Number.NaN)
  return [
    `Largest paint after ${of('largest-contentful-paint').toFixed(0)} ms`,
    `main thread blocked for ${of('total-blocking-time').toFixed(0)} ms`,
    `layout shift ${of('cumulative-layout-shift').toFixed(3)}`,
    `the machine’s benchmark index ${middleIndex(runs).toFixed(0)}.`,
  ].join(', ')
}

function middle(runs: readonly Result[], figureOf: (run: Result) => number): number {
  return percentile(runs.map(figureOf), 0.5)
}

const middleScore = (runs: readonly Result[], id: string) =>
  middle(runs, ({ categories }) => (categories[id]?.score ?? 0) * 100)

const middleIndex = (runs: readonly Result[]) => middle(runs, ({ environment }) => environment.benchmarkIndex)
