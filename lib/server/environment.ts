import { createRequire } from 'node:module'
import { SettingsError } from './config/settings.ts'

interface NextEnv {
  loadEnvConfig(folder: string, dev: boolean, log: { info(): void; error(message: string): void }): unknown
}

/**
 * Puts what the `.env` files of `folder` say into `process.env`, by Next's rules: what is set already stays. Next loads them
 * by itself, but only after this server has read its settings; a second loading changes nothing.
 * @throws SettingsError naming the files that are there and cannot be read.
 */
export function loadEnvironment(folder: string, { dev }: { dev: boolean }): void {
  // Next's own copy, found from where Next is: it remembers what it loaded. A cast, for the package is not one of ours.
  const ofNext = createRequire(createRequire(import.meta.url).resolve('next/package.json'))
  const { loadEnvConfig } = ofNext('@next/env') as NextEnv
  const unread: string[] = []
  loadEnvConfig(folder, dev, { info: () => undefined, error: (message) => unread.push(message) })
  const lines = unread.map(
    (message) => `${/\.env[\w.]*$/.exec(message)?.[0] ?? '.env'}: it is there but cannot be read`,
  )
  if (lines.length > 0) throw new SettingsError(lines)
}
