import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { Database } from '@/lib/server/db/database'
import { appliedMigrations } from '@/lib/server/db/migrate'
import type { Tables } from '@/lib/server/db/tables'
import { isSettled } from '@/lib/server/ledger/fold'
import { CommandError } from '@/lib/server/process/command-error'
import { checkLedgerFile, type Row, rowsOfLedgerFile, type TableRow } from './file'
import { LEDGER_TABLES, type LedgerTable } from './ledger-tables'

type Queries = Kysely<Tables>

/** Rows of one statement: 32,766 values are the most that SQLite takes. */
const PIECE = 200

const tables = new Map<string, LedgerTable>(LEDGER_TABLES.map((table) => [table.name, table]))

async function insert(trx: Queries, { name }: LedgerTable, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`)
  await sql`insert into ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)} on conflict do nothing`.execute(trx)
}

/** @throws CommandError if a row is there with another content, or could not be inserted beside another one */
async function expectPresent(
  trx: Queries,
  { name, key }: LedgerTable,
  rows: readonly Row[],
  compared: readonly string[],
) {
  const [first] = key
  const ids = [...new Set(rows.map((row) => row[first]))]
  const { rows: present } = await sql<Row>`select * from ${sql.table(name)}
    where ${sql.ref(first)} in (${sql.join(ids)})`.execute(trx)
  const textOf = (row: Row) => JSON.stringify(compared.map((column) => row[column]))
  const there = new Set(present.map(textOf))
  const missing = rows.find((row) => !there.has(textOf(row)))
  if (missing)
    throw new CommandError(
      `${missing[first]} is another one in this database (${name}): both ledgers went on. Nothing was imported. docs/operations.md says what to do.`,
    )
}

/** A lock that went with its return's outcome does not come back. */
async function unsettledOf(trx: Queries, rows: readonly Row[]): Promise<Row[]> {
  const events = await trx
    .selectFrom('return_events')
    .select(['receipt_id', 'outcome'])
    .where(
      'receipt_id',
      'in',
      rows.map((row) => String(row.receipt_id)),
    )
    .orderBy('seq')
    .execute()
  const outcomes = new Map(events.map(({ receipt_id, outcome }) => [receipt_id, outcome]))
  return rows.filter((row) => !isSettled(outcomes.get(String(row.receipt_id)) ?? 'open'))
}

async function importPiece(trx: Queries, piece: readonly TableRow[]): Promise<void> {
  const table = tables.get(piece[0]?.table ?? '')
  if (!table) return
  const given = piece.map(({ row }) => row)
  const rows = table.rows === 'lock' ? await unsettledOf(trx, given) : given
  if (rows.length === 0) return
  await insert(trx, table, rows)
  if (table.rows === 'lock') await expectPresent(trx, table, rows, ['origin', 'number', 'receipt_id'])
  if (table.rows === 'written') await expectPresent(trx, table, rows, Object.keys(rows[0] ?? {}))
}

/** Adds a file's ledger to the database's, all of it or nothing; again, it adds nothing. @returns how many receipts it has */
export async function importLedger({ queries }: Database, path: string): Promise<number> {
  const { migration } = await checkLedgerFile(path)
  const own = (await appliedMigrations(queries)).at(-1)
  if (migration !== own) {
    throw new CommandError(`The file was made by another version (${migration}; here ${own}): use one for both steps.`)
  }
  let receipts = 0
  await queries.transaction().execute(async (trx) => {
    for await (const piece of rowsOfLedgerFile(path, PIECE)) {
      await importPiece(trx, piece)
      if (piece[0]?.table === 'return_intents') receipts += piece.length
    }
  })
  return receipts
}
