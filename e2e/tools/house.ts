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

/** Starts a house that several tests live in, one after the other: see `emptyHouse`. */
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

/**
 * Makes a house what it was when it was new, but for what the app holds in memory: the pace that it found for a token,
 * which accounts it knows, the looks at unknown returns that are due. A story about one of these needs its own house.
 */
export async function emptyHouse({ sandbox, app, folder }: House): Promise<void> {
  await sandbox.control.setReachable(true)
  await sandbox.control.reset()
  // What the last test left under way has been written by the time the app answers.
  await fetch(`${app.url}/api/health`)
  emptyDatabase(join(dataIn(folder), 'numberdesk.sqlite'))
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
