import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from '@playwright/test'
import { browserFlags, findBrowser } from './browser.ts'
import { signInOnPage } from './page-steps.ts'
import { type ScreenState, STATES } from './screenshot-states.ts'
import { startTestApp } from './test-app.ts'

const FOLDER = '.screenshots'
/** These three are in the README, so Git has them. */
const IN_README = ['numbers-desktop-light', 'confirmation-desktop-light', 'numbers-phone-dark']
const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 360, height: 780 } } as const

/** A new app for each picture: no history, inventory or sign-in attempt of an earlier one shows. */
async function takePicture(
  browser: Browser,
  { token = 'reseller', env, prepare, unread, act, text }: ScreenState,
  size: keyof typeof SIZES,
  theme: 'light' | 'dark',
): Promise<Buffer> {
  const { app, sandbox, close } = await startTestApp([], env)
  const context = await browser.newContext({
    baseURL: app.url,
    viewport: SIZES[size],
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  try {
    const page = await context.newPage()
    await prepare?.(sandbox.control, page)
    await page.goto('/sign-in')
    if (token) await signInOnPage(page, sandbox.tokens[token])
    if (token && !unread) await page.getByText(/^\d+ numbers in \d+ accounts/).waitFor()
    await act?.(page, sandbox.control)
    if (text) await page.getByText(text).first().waitFor({ timeout: 60_000 })
    await page.evaluate(() => document.fonts.ready)
    return await page.screenshot()
  } finally {
    await context.close()
    await close()
  }
}

/** `npm run screenshots`: a picture of each state, for people to look at; `-- --only numbers,batch` for some. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  const names = values.only?.split(',') ?? Object.keys(STATES)
  const unknown = names.find((name) => !Object.hasOwn(STATES, name))
  if (unknown) throw new Error(`No state is called ${unknown}. There are: ${Object.keys(STATES).join(', ')}.`)
  mkdirSync(FOLDER, { recursive: true })
  const figures: string[] = []
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() })
  try {
    for (const name of names) {
      for (const size of ['desktop', 'phone'] as const) {
        for (const theme of ['light', 'dark'] as const) {
          const file = `${name}-${size}-${theme}`
          const picture = await takePicture(browser, STATES[name] ?? {}, size, theme)
          writeFileSync(join(FOLDER, `${file}.png`), picture)
          if (IN_README.includes(file)) writeFileSync(join('docs/screenshots', `${file}.png`), picture)
          figures.push(`<figure><img src="${file}.png" alt=""><figcaption>${file}</figcaption></figure>`)
        }
      }
      process.stdout.write(`${name}\n`)
    }
  } finally {
    await browser.close()
  }
  const style = '<style>body{font:1rem system-ui}figure{display:inline-block;margin:1rem}img{max-height:80vh}</style>'
  writeFileSync(
    join(FOLDER, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Numberdesk</title>${style}${figures.join('\n')}\n`,
  )
  process.stdout.write(`Open ${join(FOLDER, 'index.html')} to look through them.\n`)
}

await main()
