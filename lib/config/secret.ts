import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from './settings'

const FILE = 'session-secret'

/**
 * The secrets that seal sessions, newest first: the operator's, else one of 32 random bytes that is made once and kept
 * in `dataDir` with mode 0600.
 */
export function sessionSecrets(settings: Pick<Settings, 'sessionSecrets' | 'dataDir'>): readonly [string, ...string[]] {
  const [newest, ...older] = settings.sessionSecrets
  if (newest !== undefined) return [newest, ...older]
  return [keptSecret(settings.dataDir)]
}

function keptSecret(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  chmodSync(dataDir, 0o700)
  const file = join(dataDir, FILE)
  try {
    // `wx` lets one of several starting instances win; the others read what it wrote.
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (Buffer.from(secret, 'base64url').length < 32) {
    throw new Error(`The file ${FILE} in DATA_DIR is damaged: delete it (everybody is signed out) and start again.`)
  }
  return secret
}
