import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { apiClient } from '../support/api-client.ts'
import { browserFlags, findBrowser } from '../support/browser.ts'
import { keystrokes, openPage, SIZE, searchField } from './browser.ts'
import { type GridRow, installEmptyPage, installGrid } from './compared-pages.ts'
import { install } from './in-page.ts'
import { percentile, withServers } from './measure.ts'
import { atMost, info, type Section } from './report.ts'

const FOLDER = fileURLToPath(new URL('./ag-grid', import.meta.url))
const SCRIPT = `${FOLDER}/node_modules/ag-grid-community/dist/ag-grid-community.min.js`
const ROUNDS = 3

export const compareSection: Section = {
  name: 'compare',
  title: 'A key, beside an empty page and AG Grid',
  how:
    'The same keys in one Chromium, by turns: in the list’s search with 50,000 numbers, on a page that draws 20 rows and nothing else, and in AG Grid Community ' +
    '(its cached quick filter, the same rows in six columns). A key counts until its result is painted, as above.',
  run: () =>
    withServers(SIZE, async ({ sandbox, app }) => {
      const numbers = await rowsOf(app.url, sandbox.tokens.reseller)
      const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() })
      const server = createServer((request, response) => {
        const isScript = request.url === '/ag-grid.js'
        response.setHeader('content-type', `${isScript ? 'text/javascript' : 'text/html'}; charset=utf-8`)
        response.end(isScript ? readFileSync(SCRIPT) : '<!doctype html><title>Compared</title><body></body>')
      })
      try {
        installPackage()
        await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
        const list = await openPage(browser, app.url, sandbox.tokens.reseller)
        const empty = await openCompared(browser, url)
        await empty.evaluate(installEmptyPage)
        const grid = await openCompared(browser, url)
        await grid.addScriptTag({ url: `${url}/ag-grid.js` })
        await grid.evaluate(installGrid, numbers)
        await grid.locator('.ag-row').first().waitFor()
        return await compared({ list, empty, grid })
      } finally {
        server.close()
        await browser.close()
      }
    }),
}

async function compared(pages: Record<'list' | 'empty' | 'grid', Page>) {
  const samples = { list: [] as number[], empty: [] as number[], grid: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['list', 'empty', 'grid'] as const) {
      const page = pages[name]
      await page.bringToFront()
      samples[name].push(...(await keystrokes(page, name === 'list' ? searchField(page) : page.locator('#search'))))
    }
  }
  const at = (name: keyof typeof samples, share: number) => percentile(samples[name], share)
  const said = (name: keyof typeof samples) => `${at(name, 0.5).toFixed(0)} / ${at(name, 0.95).toFixed(0)} ms`
  return [
    info('key to paint, half of the keys / p95', said('list'), `${samples.list.length} keys.`),
    info('the same on the empty page', said('empty'), ''),
    info('the same in AG Grid Community', said('grid'), ''),
    atMost('p95 against the empty page', at('list', 0.95) / at('empty', 0.95), 2.5, '×'),
    atMost('p95 against AG Grid Community', at('list', 0.95) / at('grid', 0.95), 0.5, '×'),
  ]
}

/** The grid has a folder of its own, which `npm ci` of the project does not install. */
function installPackage(): void {
  if (existsSync(SCRIPT)) return
  const { status } = spawnSync('npm', ['ci'], { cwd: FOLDER, stdio: 'inherit', timeout: 300_000 })
  if (status !== 0) throw new Error(`npm ci in ${FOLDER} ended with ${status}`)
}

async function openCompared(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.addInitScript(install)
  await page.goto(url)
  return page
}

async function rowsOf(url: string, token: string): Promise<GridRow[]> {
  const client = await apiClient(url, token)
  return (await client.events()).flatMap(({ account, organization, numbers }) =>
    Array.isArray(numbers)
      ? numbers.map(({ number }) => ({
          number,
          account: account?.name ?? '',
          accountId: account?.id ?? '',
          organization: organization?.name ?? '',
          country: 'United States',
          state: 'Active',
        }))
      : [],
  )
}
