import 'server-only'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Database } from './database'
import { DatabaseUnavailable } from './unavailable'

/** The code of a database that lacks a receipt of the SQLite file in `DATA_DIR`. */
export const LEDGER_LEFT_BEHIND = 'LEDGER_LEFT_BEHIND'

/** Receipts of one question to the database. */
const PIECE = 1_000

function* receiptsIn(file: DatabaseSync): Generator<string[]> {
  const select = file.prepare(
    'select receipt_id from return_intents where receipt_id < ? order by receipt_id desc limit ?',
  )
  for (let before = '~'; ; ) {
    const ids = select.all(before, PIECE).map((row) => String(row.receipt_id))
    if (ids.length > 0) yield ids
    const last = ids.at(-1)
    if (ids.length < PIECE || last === undefined) return
    before = last
  }
}

/** Reads the SQLite ledger in a folder, if there is one with a receipt. */
async function withLedgerIn<Answer>(
  dataDir: string,
  read: (newest: string, receipts: Iterable<string[]>) => Promise<Answer>,
): Promise<Answer | null> {
  const path = join(dataDir, 'numberdesk.sqlite')
  // Throws where the folder may not be read: then nobody knows whether there is one.
  if (!statSync(path, { throwIfNoEntry: false })) return null
  const file = new DatabaseSync(path, { readOnly: true })
  try {
    const table = file.prepare("select 1 from sqlite_schema where type = 'table' and name = 'return_intents'").get()
    if (!table) return null
    const newest = file.prepare('select max(receipt_id) as id from return_intents').get()?.id
    return typeof newest === 'string' ? await read(newest, receiptsIn(file)) : null
  } finally {
    file.close()
  }
}

/**
 * Newest first, as an import brings all and an abandoned ledger is known by its newest one.
 * @throws DatabaseUnavailable `LEDGER_LEFT_BEHIND`, also if the file cannot be read
 */
export async function expectNoLedgerLeftBehind({ queries }: Database, dataDir: string): Promise<void> {
  const missing = await withLedgerIn(dataDir, async (newest, receipts) => {
    const abandoned = await queries
      .selectFrom('abandoned_ledgers')
      .select('newest_receipt')
      .where('newest_receipt', '=', newest)
      .executeTakeFirst()
    if (abandoned) return false
    for (const ids of receipts) {
      const there = await queries
        .selectFrom('return_intents')
        .select('receipt_id')
        .where('receipt_id', 'in', ids)
        .execute()
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
