import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { SettingsError } from './config/settings.ts'

interface EnvFile {
  path: string
  env: Readonly<Record<string, string | undefined>>
}

interface NextEnv {
  loadEnvConfig(
    folder: string,
    dev: boolean,
    log: { info(): void; error(message: string): void },
  ): { loadedEnvFiles: readonly EnvFile[] }
}

const SECRETS = ['SESSION_SECRET', 'DATABASE_URL']

/**
 * Loads `.env` files by Next's rules, before the settings are read.
 * @returns a warning for each file that every user of the machine can read, if it holds a secret, or change.
 * @throws SettingsError for unreadable files.
 */
export function loadEnvironment(folder: string, { dev }: { dev: boolean }): string[] {
  // Next's own copy, which remembers what it loaded. A cast: the package is not one of ours.
  const ofNext = createRequire(createRequire(import.meta.url).resolve('next/package.json'))
  const { loadEnvConfig } = ofNext('@next/env') as NextEnv
  const unread: string[] = []
  const { loadedEnvFiles } = loadEnvConfig(folder, dev, {
    info: () => undefined,
    error: (message) => unread.push(message),
  })
  const lines = unread.map(
    (message) => `${/\.env[\w.]*$/.exec(message)?.[0] ?? '.env'}: it is there but cannot be read`,
  )
  if (lines.length > 0) throw new SettingsError(lines)
  return loadedEnvFiles.flatMap((file) => exposureOf(folder, file) ?? [])
}

/** A group's rights give no warning: `root:numberdesk 0640` is how many systems hand such a file to a service. */
function exposureOf(folder: string, { path, env }: EnvFile): string | null {
  const mode = statSync(join(folder, path)).mode & 0o777
  const held = SECRETS.filter((name) => env[name])
  const canChange = (mode & 0o002) !== 0
  const canRead = (mode & 0o004) !== 0 && held.length > 0
  if (!canChange && !canRead) return null
  const deed = canChange ? 'change it' : `read its ${held.join(' and ')}`
  return `Warning: ${path} has mode ${mode.toString(8).padStart(4, '0')}: every user of this machine can ${deed}. Run: chmod 600 ${path}`
}
