import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const WHOLE = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
/** The same engine without a window needs two thirds of the CPU time. */
const SHELLS = ['chromium-headless-shell', 'chrome-headless-shell']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * CHROMIUM_PATH, else an installed headless shell or browser, else Playwright's download, else Debian's package, which is
 * installed now. @throws Error with the command to run.
 */
export function findBrowser(): string {
  return named() ?? installed(SHELLS) ?? findWholeBrowser()
}

/** Path of a whole Chromium or Chrome: only that has a back-forward cache. Else like `findBrowser`. */
export function findWholeBrowser(): string {
  const found = named() ?? installed(WHOLE) ?? download() ?? installPackages()
  if (found) return found
  throw new Error('No Chromium or Chrome was found. Run: npx playwright install --with-deps chromium')
}

function named(): string | null {
  const path = process.env.CHROMIUM_PATH
  if (!path) return null
  if (existsSync(path)) return path
  throw new Error('CHROMIUM_PATH names no file. Set it to the path of a Chromium or Chrome, or unset it.')
}

function installed(names: readonly string[]): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...candidates, ...(names === WHOLE ? PLACES : [])].find((path) => existsSync(path)) ?? null
}

function download(): string | null {
  const path = chromium.executablePath()
  if (existsSync(path)) return path
  const run = spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit', timeout: 300_000 })
  return run.status === 0 && existsSync(path) ? path : null
}

function installPackages(): string | null {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]) => spawnSync('apt-get', args, { stdio: 'inherit', env }).status === 0
  const install = (...names: string[]) => apt('install', '-y', '--no-install-recommends', ...names)
  apt('update')
  return install('chromium', 'fonts-liberation') ? installed(WHOLE) : null
}

/** Flags for containers and closed networks; as root Chromium can't have a sandbox. */
export function browserFlags(): string[] {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return [
    ...root,
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
}
