import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SandboxControl } from '../vida-sandbox/control.ts'
import { sandboxControl } from '../vida-sandbox/control-client.ts'
import { type AppProcess, type SandboxProcess, startApp, startSandboxProcess } from './servers.ts'

export type Sandbox = SandboxProcess & { control: SandboxControl }

/** A started app, the sandbox that it asks, and the folder that holds its data directory. */
export interface House {
  sandbox: Sandbox
  app: AppProcess
  folder: string
  close: () => Promise<void>
}

/** Starts a Vida sandbox with these flags of its main.ts. */
export async function openSandbox(args: readonly string[] = []): Promise<Sandbox> {
  const sandbox = await startSandboxProcess(args)
  return { ...sandbox, control: sandboxControl(sandbox.controlUrl) }
}

/** A new folder for a data directory. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'numberdesk-'))
}

export const dataIn = (folder: string) => join(folder, 'data')

/** Starts a house for several tests, one after the other. */
export async function openHouse(): Promise<House> {
  const folder = newFolder()
  const sandbox = await openSandbox()
  const app = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: dataIn(folder) })
  const close = async () => {
    await app.stop()
    await sandbox.stop(2_000)
    rmSync(folder, { recursive: true, force: true })
  }
  return { sandbox, app, folder, close }
}

let emptied = 0

/**
 * A house as it was when it was new, with tokens that nobody has used in it: what the app holds in memory, it holds by
 * token. Two things stay: the tries to sign in, and looks at unknown returns of earlier tests, which reach the sandbox for
 * half a minute more.
 */
export async function emptyHouse(house: House): Promise<House> {
  const { sandbox, app, folder } = house
  await sandbox.control.setReachable(true)
  await sandbox.control.reset()
  // What the last test left under way has been written by the time the app answers.
  await fetch(`${app.url}/api/health`)
  emptyDatabase(join(dataIn(folder), 'numberdesk.sqlite'))
  emptied += 1
  const fresh = (token: string) => `${token.replace(/~\d+$/, '')}~${emptied}`
  const { administrator, partner, reseller, otherReseller, organization, agent, unknown } = sandbox.tokens
  const tokens = {
    administrator: fresh(administrator),
    partner: fresh(partner),
    reseller: fresh(reseller),
    otherReseller: fresh(otherReseller),
    organization: fresh(organization),
    agent: fresh(agent),
    unknown: fresh(unknown),
  }
  return { ...house, sandbox: { ...sandbox, tokens } }
}

/** Deletes every row. The ledger refuses that by triggers, which are taken away for the time of the transaction. */
function emptyDatabase(path: string): void {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  try {
    const made = (type: string) =>
      database.prepare('select name, sql from sqlite_schema where type = ? and name not like ?').all(type, 'sqlite_%')
    database.exec('pragma foreign_keys = off; begin immediate')
    const triggers = made('trigger')
    for (const { name } of triggers) database.exec(`drop trigger "${name}"`)
    for (const { name } of made('table'))
      if (!String(name).startsWith('kysely_')) database.exec(`delete from "${name}"`)
    for (const { sql } of triggers) database.exec(String(sql))
    database.exec('commit')
  } finally {
    database.close()
  }
}
