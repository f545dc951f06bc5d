import 'server-only'
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Database } from './database'

/** Whether this connection could take the triggers off the ledger: on PostgreSQL, whether its role owns the tables. */
export async function ownsLedger({ dialect, queries }: Database): Promise<boolean> {
  if (dialect === 'sqlite') return false
  const { rows } = await sql<{ owns: boolean }>`
    select pg_has_role(relowner, 'member') as owns from pg_class where oid = 'return_events'::regclass`.execute(queries)
  return rows.some(({ owns }) => owns)
}

/** Gives the app's role what `grants` (a path) lists. @returns false if the role does not exist */
export async function grantToApp({ queries }: Database, grants: URL): Promise<boolean> {
  const { rows } = await sql`select from pg_roles where rolname = 'numberdesk_app'`.execute(queries)
  if (rows.length === 0) return false
  const statements = await readFile(grants, 'utf8')
  await queries.transaction().execute((trx) => sql.raw(statements).execute(trx))
  return true
}
