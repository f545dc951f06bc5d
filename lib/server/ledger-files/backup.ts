import 'server-only'
import { existsSync, mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import type { Database } from '@/lib/server/db/database'
import { afterRestore } from '@/lib/server/db/restores'
import { CommandError } from '@/lib/server/process/command-error'

/** `knownUntil`: until when the copy is complete. */
function mark(copy: DatabaseSync, knownUntil: Date): void {
  for (const statement of afterRestore(knownUntil)) copy.exec(statement)
  copy
    .prepare('insert or replace into ledger_restores (known_until, restored_at) values (?, null)')
    .run(knownUntil.toISOString())
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
    mark(copy, new Date(knownUntil))
  } finally {
    copy.close()
  }
  const file = await open(path, 'r+')
  await file.sync()
  await file.close()
  return { path, knownUntil }
}
