import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { sandboxControl } from '../vida-sandbox/control-client.ts'
import { browserFlags, findBrowser } from './browser.ts'
import { type AppProcess, type SandboxProcess, startApp, startSandboxProcess } from './servers.ts'

/** `npm run screenshots`: every state of the screens as a picture for people to look at. Nothing is compared. */
const FOLDER = 'docs/screenshots'
const SIZES = [
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'phone', width: 360, height: 780 },
] as const
const THEMES = ['light', 'dark'] as const

interface Scene {
  name: string
  /** Which token signs in; null: nobody does. */
  token: keyof SandboxProcess['tokens'] | null
  prepare?: (control: ReturnType<typeof sandboxControl>) => Promise<unknown>
  act?: (page: Page) => Promise<unknown>
}

const firstReturn = (page: Page) => page.getByRole('button', { name: /^Return \+/ }).first()

const SCENES: readonly Scene[] = [
  { name: 'sign-in', token: null },
  { name: 'numbers', token: 'reseller' },
  { name: 'churn-queue', token: 'reseller', act: (page) => page.goto('/numbers?view=churn') },
  { name: 'confirmation', token: 'reseller', act: (page) => firstReturn(page).click() },
  {
    name: 'refused',
    token: 'reseller',
    prepare: (control) =>
      control.fault({
        match: { path: 'phoneNumber/return' },
        effect: { answer: { kind: 'success-false', message: 'A port-out of this number is pending.' } },
      }),
    act: async (page) => {
      await firstReturn(page).click()
      await page.getByRole('button', { name: 'Return number' }).click()
      await page.getByText('A port-out of this number is pending.').waitFor()
    },
  },
  {
    name: 'returned',
    token: 'reseller',
    act: async (page) => {
      await firstReturn(page).click()
      await page.getByRole('button', { name: 'Return number' }).click()
      await page.getByRole('status').getByText(/\+\d/).waitFor()
    },
  },
  {
    name: 'partial',
    token: 'reseller',
    prepare: (control) =>
      control.fault({
        match: { path: 'phoneNumbers', targetAccountId: '100001' },
        effect: { answer: { kind: 'status', status: 500 } },
      }),
  },
  { name: 'read-only', token: 'organization' },
  { name: 'nothing-found', token: 'reseller', act: (page) => page.goto('/numbers?q=nobody') },
  {
    name: 'batch',
    token: 'reseller',
    act: async (page) => {
      await page.getByRole('searchbox', { name: 'Search numbers' }).fill('Copperline')
      await page.getByRole('button', { name: /^Select all \d+ that match/ }).click()
      await page.getByRole('button', { name: /^Return \d+ selected/ }).click()
      await page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'selection',
    token: 'reseller',
    act: (page) =>
      page
        .getByRole('checkbox', { name: /^Select \+/ })
        .nth(1)
        .click(),
  },
  {
    name: 'history',
    token: 'reseller',
    act: async (page) => {
      await firstReturn(page).click()
      await page.getByRole('button', { name: 'Return number' }).click()
      await page.getByRole('status').getByText(/\+\d/).waitFor()
      await page.goto('/history')
    },
  },
]

async function shoot(browser: Browser, app: AppProcess, sandbox: SandboxProcess, scene: Scene): Promise<void> {
  const control = sandboxControl(sandbox.controlUrl)
  for (const { name, width, height } of SIZES) {
    for (const theme of THEMES) {
      await control.reset()
      await scene.prepare?.(control)
      const context = await browser.newContext({
        baseURL: app.url,
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      await page.goto('/sign-in')
      if (scene.token) {
        await page.getByLabel('Vida API token').fill(sandbox.tokens[scene.token])
        await page.getByRole('button', { name: 'Sign in', exact: true }).click()
        await page.getByRole('heading', { name: 'Numbers' }).waitFor()
        await page
          .getByText(/ accounts/)
          .first()
          .waitFor()
        await scene.act?.(page)
      }
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: join(FOLDER, `${scene.name}-${name}-${theme}.png`) })
      await context.close()
    }
  }
}

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const dataDir = mkdtempSync(join(tmpdir(), 'numberdesk-shots-'))
  const sandbox = await startSandboxProcess([])
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() })
  try {
    for (const scene of SCENES) {
      // An app of its own for each scene: its history is empty, and sign-in tries are not used up.
      const app = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, scene.name) })
      await shoot(browser, app, sandbox, scene).finally(() => app.stop())
      process.stdout.write(`${scene.name}\n`)
    }
  } finally {
    await browser.close()
    await sandbox.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

await main()
