import 'server-only'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Database } from './database'
import { DatabaseUnavailable } from './unavailable'

/** The code of a database that lacks a receipt or a protection of the SQLite file in `DATA_DIR`. */
export const LEDGER_LEFT_BEHIND = 'LEDGER_LEFT_BEHIND'

/** What must not stay behind, with its key: receipts, and protections where nothing was returned yet. */
const KEPT = { return_intents: 'receipt_id', protection_changes: 'id' } as const
type Kept = keyof typeof KEPT

interface Piece {
  table: Kept
  ids: string[]
}

/** Ids of one question to the database. */
const PIECE = 1_000

function* piecesOf(file: DatabaseSync, tables: readonly Kept[]): Generator<Piece> {
  for (const table of tables) {
    const key = KEPT[table]
    const select = file.prepare(`select ${key} as id from ${table} where ${key} < ? order by ${key} desc limit ?`)
    for (let before: string | undefined = '~'; before !== undefined; ) {
      const ids: string[] = select.all(before, PIECE).map((row) => String(row.id))
      if (ids.length > 0) yield { table, ids }
      before = ids.length < PIECE ? undefined : ids.at(-1)
    }
  }
}

/** Reads the SQLite ledger in a folder, if there is one that holds something. */
async function withLedgerIn<Answer>(
  dataDir: string,
  read: (newest: string, pieces: Iterable<Piece>) => Promise<Answer>,
): Promise<Answer | null> {
  const path = join(dataDir, 'numberdesk.sqlite')
  // Throws where the folder may not be read: then nobody knows whether there is one.
  if (!statSync(path, { throwIfNoEntry: false })) return null
  const file = new DatabaseSync(path, { readOnly: true })
  try {
    const names = file.prepare("select name from sqlite_schema where type = 'table'").all()
    const there = new Set(names.map(({ name }) => name))
    const tables = (['return_intents', 'protection_changes'] as const).filter((table) => there.has(table))
    const newest = tables.map((table) => file.prepare(`select max(${KEPT[table]}) as id from ${table}`).get()?.id)
    const name = newest.find((id) => typeof id === 'string')
    return name === undefined ? null : await read(name, piecesOf(file, tables))
  } finally {
    file.close()
  }
}

/**
 * Newest first, as an import brings all and an abandoned ledger is known by its newest one.
 * @throws DatabaseUnavailable `LEDGER_LEFT_BEHIND`, also if the file cannot be read
 */
export async function expectNoLedgerLeftBehind({ queries }: Database, dataDir: string): Promise<void> {
  const missing = await withLedgerIn(dataDir, async (newest, pieces) => {
    const abandoned = await queries
      .selectFrom('abandoned_ledgers')
      .select('newest_receipt')
      .where('newest_receipt', '=', newest)
      .executeTakeFirst()
    if (abandoned) return false
    for (const { table, ids } of pieces) {
      const there = await queries.selectFrom(table).where(KEPT[table], 'in', ids).select(KEPT[table]).execute()
      if (there.length < ids.length) return true
    }
    return false
  }).catch((error: unknown) => {
    throw error instanceof DatabaseUnavailable ? error : new DatabaseUnavailable(LEDGER_LEFT_BEHIND)
  })
  if (missing) throw new DatabaseUnavailable(LEDGER_LEFT_BEHIND)
}

/** Writes down that the SQLite ledger of a folder is not wanted. @returns false: there is none */
export async function abandonLedger({ queries }: Database, dataDir: string): Promise<boolean> {
  const noted = await withLedgerIn(dataDir, async (newest) => {
    await queries
      .insertInto('abandoned_ledgers')
      .values({ newest_receipt: newest, abandoned_at: new Date().toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return true
  })
  return noted ?? false
}
