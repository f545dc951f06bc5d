import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * Path of a Chromium or Chrome: CHROMIUM_PATH, else an installed one, else Playwright's download, else (as root on
 * Debian or Ubuntu) the package `chromium`, which is installed now.
 * @throws Error with the exact command to run.
 */
export function findBrowser(): string {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (existsSync(named)) return named
    throw new Error('CHROMIUM_PATH names no file. Set it to the path of a Chromium or Chrome, or unset it.')
  }
  const found = installed() ?? (download() || installPackage())
  if (found) return found
  throw new Error('No Chromium or Chrome was found. Run: npx playwright install --with-deps chromium')
}

function installed(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES]
  return candidates.find((path) => existsSync(path)) ?? null
}

function download(): string | null {
  const path = chromium.executablePath()
  if (existsSync(path)) return path
  const run = spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit', timeout: 300_000 })
  return run.status === 0 && existsSync(path) ? path : null
}

function installPackage(): string | null {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    execFileSync('apt-get', ['update'], { stdio: 'inherit', env })
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
      stdio: 'inherit',
      env,
    })
  } catch {
    return null
  }
  return installed()
}

/** Flags that Chromium needs in containers and closed networks; without a sandbox only where it can't have one. */
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
