import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { restrictPermissions } from '../process/restrict-permissions.ts'
import { type Settings, SettingsError } from './settings.ts'

const FILE = 'session-secret'
const BYTES = 32

/**
 * The secrets that seal sessions, newest first: the operator's, else one that is made once and stored in `dataDir`.
 * @throws SettingsError when that file is damaged, or instances would each make one of their own; Error with a code when
 * the directory can't be used.
 */
export function sessionSecrets(
  settings: Pick<Settings, 'sessionSecrets' | 'dataDir' | 'databaseUrl'>,
): readonly [string, ...string[]] {
  const [newest, ...older] = settings.sessionSecrets
  if (newest !== undefined) return [newest, ...older]
  if (settings.databaseUrl !== null) {
    throw new SettingsError([
      'SESSION_SECRET: required with DATABASE_URL, the same for all instances; make one with: openssl rand -base64 32',
    ])
  }
  return [storedSecret(settings.dataDir)]
}

function storedSecret(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  restrictPermissions(dataDir, 0o700)
  const file = join(dataDir, FILE)
  const secret = read(file) ?? make(file)
  if (Buffer.from(secret, 'base64url').length < BYTES) {
    throw new SettingsError([
      `DATA_DIR: its file ${FILE} is damaged; delete it (everybody is signed out) and start again`,
    ])
  }
  return secret
}

function read(file: string): string | null {
  restrictPermissions(file, 0o600)
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Written under another name first: of several starting instances one wins, and none reads half a secret. */
function make(file: string): string {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(draft, randomBytes(BYTES).toString('base64url'), { flag: 'wx', mode: 0o600, flush: true })
    linkSync(draft, file)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(file, 'utf8').trim()
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
