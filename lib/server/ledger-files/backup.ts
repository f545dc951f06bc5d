import 'server-only'
import { existsSync, mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import type { Database } from '@/lib/server/db/database'
import { CommandError } from '@/lib/server/process/command-error'

/**
 * What the copy cannot know: until when it is complete, that sessions ended since, and that a return which was confirmed
 * may have been sent since. So such a return becomes unknown, and is settled by reading.
 */
function mark(copy: DatabaseSync, knownUntil: string): void {
  copy
    .prepare(`insert into return_events (receipt_id, seq, at, outcome, how)
      select receipt_id, 1, ?, 'open', 'sending' from return_locks
      where state = 'open' and not exists (select 1 from return_events where receipt_id = return_locks.receipt_id)`)
    .run(knownUntil)
  copy.exec('delete from sessions')
  copy.prepare('insert or replace into ledger_restores (known_until, restored_at) values (?, null)').run(knownUntil)
}

/** Copies a SQLite ledger to a new file in `folder`, also while the app runs. @returns the file and until when it knows receipts */
export async function backUpLedger({ dialect, queries }: Database, folder: string) {
  if (dialect !== 'sqlite') throw new CommandError('PostgreSQL has a backup of its own: pg_dump (docs/operations.md).')
  const path = join(folder, 'numberdesk.sqlite')
  if (existsSync(path)) throw new CommandError(`${path} is there already: name a new folder.`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const knownUntil = new Date().toISOString()
  await sql`vacuum into ${path}`.execute(queries)
  const copy = new DatabaseSync(path)
  try {
    mark(copy, knownUntil)
  } finally {
    copy.close()
  }
  const file = await open(path, 'r+')
  await file.sync()
  await file.close()
  return { path, knownUntil }
}
