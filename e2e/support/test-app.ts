import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { optionsOf } from '../vida-sandbox/args.ts'
import { type Sandbox, startSandbox } from '../vida-sandbox/sandbox.ts'
import type { Role } from '../vida-sandbox/tokens.ts'
import { type AppProcess, startApp } from './servers.ts'

export type { Sandbox }

export interface TestApp {
  sandbox: Sandbox
  app: AppProcess
  folder: string
  close: () => Promise<void>
}

/** In the test's own process; to start one for it takes 0.2 s of CPU time. */
export async function openSandbox(args: readonly string[] = []): Promise<Sandbox> {
  return startSandbox(optionsOf(args))
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'numberdesk-'))
}

/** For tests that are not about the hold: a return is sent as soon as it is confirmed. */
export const NO_HOLD = { RETURN_HOLD_SECONDS: '0' }

export const dataIn = (folder: string) => join(folder, 'data')

export async function startTestApp(
  args: readonly string[] = [],
  env: Record<string, string> = {},
  open: (args: readonly string[]) => Promise<Sandbox> = openSandbox,
): Promise<TestApp> {
  const folder = newFolder()
  const sandbox = await open(args)
  const app = await startApp({ ...NO_HOLD, VIDA_API_BASE_URL: sandbox.url, DATA_DIR: dataIn(folder), ...env }).catch(
    async (error: unknown) => {
      await sandbox.close()
      throw error
    },
  )
  const close = async () => {
    await app.stop()
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { sandbox, app, folder, close }
}

let resets = 0

/**
 * Empties the app's database and gives tokens that are new to it, because its memory is by token. What an earlier test left
 * in progress is refused by the sandbox and takes none of this test's faults; the count of sign-in attempts remains.
 */
export async function resetTestApp(testApp: TestApp): Promise<TestApp> {
  const { sandbox, app, folder } = testApp
  await sandbox.control.setReachable(true)
  resets += 1
  await sandbox.control.reset({ firstToken: resets })
  // What the last test left in progress is written by the time the app answers.
  await fetch(`${app.url}/api/health`)
  emptyDatabase(join(dataIn(folder), 'numberdesk.sqlite'))
  const fresh = Object.entries(sandbox.tokens).map(([role, token]) => [role, `${token.replace(/~\d+$/, '')}~${resets}`])
  const tokens = Object.fromEntries(fresh) as Record<Role, string>
  return { ...testApp, sandbox: { ...sandbox, tokens } }
}

/** Deletes every row. The ledger's triggers refuse that, so they are dropped during the transaction. */
function emptyDatabase(path: string): void {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  try {
    const schema = (type: string) =>
      database.prepare('select name, sql from sqlite_schema where type = ? and name not like ?').all(type, 'sqlite_%')
    database.exec('pragma foreign_keys = off; begin immediate')
    const triggers = schema('trigger')
    for (const { name } of triggers) database.exec(`drop trigger "${name}"`)
    for (const { name } of schema('table'))
      if (!String(name).startsWith('kysely_')) database.exec(`delete from "${name}"`)
    for (const { sql } of triggers) database.exec(String(sql))
    database.exec('commit')
  } finally {
    database.close()
  }
}
