import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { Database } from '@/lib/server/db/database'
import { appliedMigrations } from '@/lib/server/db/migrate'
import { CommandError } from '@/lib/server/process/command-error'
import { type Row, type TableRow, writeLedgerFile } from './file'
import { LEDGER_TABLES, type LedgerTable } from './ledger-tables'

/** Rows of one statement. */
const PAGE = 500

async function* pagesOf<Db>(queries: Kysely<Db>, { name, key }: LedgerTable): AsyncGenerator<Row[]> {
  const columns = sql.join(key.map((column) => sql.ref(column)))
  const pageAfter = async (last: Row | undefined): Promise<Row[]> => {
    const after = last ? sql`where (${columns}) > (${sql.join(key.map((column) => last[column]))})` : sql``
    const page = sql<Row>`select * from ${sql.table(name)} ${after} order by ${columns} limit ${sql.lit(PAGE)}`
    return (await page.execute(queries)).rows
  }
  for (let rows = await pageAfter(undefined); rows.length > 0; rows = await pageAfter(rows.at(-1))) yield rows
}

/** What is confirmed may be sent after the export, and again from the database that imports it. */
async function expectNothingUnderWay({ queries }: Database): Promise<void> {
  const leased = await queries
    .selectFrom('return_locks')
    .select('receipt_id')
    .where(({ and, eb }) => and([eb('state', '=', 'open'), eb('lease_until', '>', Date.now())]))
    .executeTakeFirst()
  if (leased) throw new CommandError(`${leased.receipt_id} is under way: stop the app, then export its ledger.`)
}

/**
 * Writes the ledger with its locks, as it is at one moment, to a new file. @returns how many receipts
 * @throws CommandError while the app has a return under way
 */
export async function exportLedger(db: Database, path: string): Promise<number> {
  const { dialect, queries } = db
  await expectNothingUnderWay(db)
  const migration = (await appliedMigrations(queries)).at(-1) ?? ''
  let receipts = 0
  // Not a transaction of Kysely's: on SQLite that one would keep a running app from writing.
  await queries.connection().execute(async (one) => {
    await sql.raw(dialect === 'postgres' ? 'begin isolation level repeatable read read only' : 'begin').execute(one)
    async function* pages(): AsyncGenerator<TableRow[]> {
      for (const table of LEDGER_TABLES) {
        for await (const rows of pagesOf(one, table)) {
          if (table.name === 'return_intents') receipts += rows.length
          yield rows.map((row) => ({ table: table.name, row }))
        }
      }
    }
    await writeLedgerFile(path, { ledger: 1, migration, exportedAt: new Date().toISOString() }, pages())
    await sql.raw('commit').execute(one)
  })
  return receipts
}
