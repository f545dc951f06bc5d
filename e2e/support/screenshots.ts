import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from '@playwright/test'
import { sandboxControl } from '../vida-sandbox/control-client.ts'
import { browserFlags, findBrowser } from './browser.ts'
import { SCENES, type Scene } from './screenshot-states.ts'
import { type SandboxProcess, startApp, startSandboxProcess } from './servers.ts'

/**
 * `npm run screenshots`: every state of the screens as a picture for people to look at; `-- --only numbers,batch` for
 * some. Nothing is compared.
 */
const FOLDER = 'docs/screenshots'
const SIZES = [
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'phone', width: 360, height: 780 },
] as const
const THEMES = ['light', 'dark'] as const

interface Shot {
  scene: Scene
  size: (typeof SIZES)[number]
  theme: (typeof THEMES)[number]
}

/** An app of its own for each picture: nothing of an earlier one is in its history, its list or its sign-in tries. */
async function shoot(browser: Browser, sandbox: SandboxProcess, { scene, size, theme }: Shot): Promise<void> {
  const control = sandboxControl(sandbox.controlUrl)
  const dataDir = mkdtempSync(join(tmpdir(), 'numberdesk-shots-'))
  const app = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: dataDir })
  const context = await browser.newContext({
    baseURL: app.url,
    viewport: { width: size.width, height: size.height },
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  try {
    const page = await context.newPage()
    await control.reset()
    await scene.prepare?.(control, page)
    await page.goto('/sign-in')
    if (scene.token) {
      await page.getByLabel('Vida API token').fill(sandbox.tokens[scene.token])
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByRole('heading', { name: 'Numbers' }).waitFor()
    }
    await scene.act?.(page, control)
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: join(FOLDER, `${scene.name}-${size.name}-${theme}.png`) })
  } finally {
    await context.close()
    await app.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  const wanted = values.only?.split(',')
  const unknown = wanted?.find((name) => !SCENES.some((scene) => scene.name === name))
  if (unknown)
    throw new Error(`No picture is called ${unknown}. There are: ${SCENES.map(({ name }) => name).join(', ')}.`)
  mkdirSync(FOLDER, { recursive: true })
  const sandbox = await startSandboxProcess([])
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() })
  try {
    for (const scene of SCENES) {
      if (wanted && !wanted.includes(scene.name)) continue
      for (const size of SIZES) for (const theme of THEMES) await shoot(browser, sandbox, { scene, size, theme })
      process.stdout.write(`${scene.name}\n`)
    }
  } finally {
    await browser.close()
    await sandbox.stop()
  }
}

await main()
