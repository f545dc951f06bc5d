import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sessionSecrets } from './secret'
import { SettingsError } from './settings'

let folder = ''
let dataDir = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'numberdesk-secret-'))
  dataDir = join(folder, 'a', 'data')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const modeOf = (path: string) => statSync(path).mode & 0o777

it('uses the operator’s secrets as they are, newest first, and makes no file', () => {
  expect(sessionSecrets({ sessionSecrets: ['new', 'old'], dataDir, databaseUrl: null })).toEqual(['new', 'old'])
  expect(readdirSync(folder)).toEqual([])
})

it('makes one of 32 random bytes once, that only its owner may read', () => {
  const [made] = sessionSecrets({ sessionSecrets: [], dataDir, databaseUrl: null })
  expect(Buffer.from(made, 'base64url')).toHaveLength(32)
  expect([modeOf(dataDir), modeOf(join(dataDir, 'session-secret'))]).toEqual([0o700, 0o600])
  expect(readdirSync(dataDir)).toEqual(['session-secret'])
  expect(sessionSecrets({ sessionSecrets: [], dataDir, databaseUrl: null })).toEqual([made])
})

it('makes none beside a database that other instances may share, and says so', () => {
  const shared = { dataDir, databaseUrl: 'postgres://db/numbers' }
  expect(() => sessionSecrets({ ...shared, sessionSecrets: [] })).toThrow(/SESSION_SECRET: required with DATABASE_URL/)
  expect(readdirSync(folder)).toEqual([])
  expect(sessionSecrets({ ...shared, sessionSecrets: ['given'] })).toEqual(['given'])
})

it('closes a directory and a file that others could read', () => {
  mkdirSync(dataDir, { recursive: true })
  chmodSync(dataDir, 0o755)
  writeFileSync(join(dataDir, 'session-secret'), Buffer.alloc(32, 7).toString('base64url'), { mode: 0o644 })
  sessionSecrets({ sessionSecrets: [], dataDir, databaseUrl: null })
  expect([modeOf(dataDir), modeOf(join(dataDir, 'session-secret'))]).toEqual([0o700, 0o600])
})

it('refuses a damaged file with a sentence, and leaves it', () => {
  mkdirSync(dataDir, { recursive: true })
  for (const damaged of ['', 'short', ' \n']) {
    writeFileSync(join(dataDir, 'session-secret'), damaged)
    expect(() => sessionSecrets({ sessionSecrets: [], dataDir, databaseUrl: null })).toThrow(SettingsError)
    expect(readFileSync(join(dataDir, 'session-secret'), 'utf8')).toBe(damaged)
  }
})
