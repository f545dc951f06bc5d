import { createRequire } from 'node:module'
import { SettingsError } from './config/settings.ts'

interface NextEnv {
  loadEnvConfig(folder: string, dev: boolean, log: { info(): void; error(message: string): void }): unknown
}

/** Loads `.env` files by Next's rules, before the settings are read. @throws SettingsError for unreadable files. */
export function loadEnvironment(folder: string, { dev }: { dev: boolean }): void {
  // Next's own copy, which remembers what it loaded. A cast: the package is not one of ours.
  const ofNext = createRequire(createRequire(import.meta.url).resolve('next/package.json'))
  const { loadEnvConfig } = ofNext('@next/env') as NextEnv
  const unread: string[] = []
  loadEnvConfig(folder, dev, { info: () => undefined, error: (message) => unread.push(message) })
  const lines = unread.map(
    (message) => `${/\.env[\w.]*$/.exec(message)?.[0] ?? '.env'}: it is there but cannot be read`,
  )
  if (lines.length > 0) throw new SettingsError(lines)
}
