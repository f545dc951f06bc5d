import 'server-only'
import { readSettings, type Settings } from './settings'

let current: Settings | undefined

/** @throws SettingsError when the environment is wrong (the server checks before it starts). */
export function settings(): Settings {
  current ??= readSettings(process.env)
  return current
}
