import 'server-only'
import { sql } from 'kysely'
import type { Database } from '@/lib/server/db/database'
import { deleteUnused } from './unused'

/** Whose and what was last read before `before` (ISO 8601, UTC). */
async function readBefore({ queries }: Database, before: string) {
  const inventories = await queries
    .selectFrom('snapshots')
    .select('id')
    .where('kind', 'in', ['current', 'partial', 'baseline'])
    .where('read_at', '<', before)
    .execute()
  const identities = await queries
    .selectFrom('seen_identities')
    .select('identity')
    .where('last_at', '<', before)
    .execute()
  return { inventories, identities }
}

export async function countReadBefore(db: Database, before: string) {
  const { inventories, identities } = await readBefore(db, before)
  const { uses } = await db.queries
    .selectFrom('account_uses')
    .select(({ fn }) => fn.countAll<number>().as('uses'))
    .where('read_at', '<', before)
    .executeTakeFirstOrThrow()
  return { inventories: inventories.length, identities: identities.length, uses }
}

/** In small transactions, so that an app that runs waits for none of them long; each looks at the time again. */
export async function purgeReadBefore(db: Database, before: string) {
  const { dialect, queries } = db
  // Without it SQLite leaves what was deleted in the file until the place is used again.
  if (dialect === 'sqlite') await sql`pragma secure_delete = on`.execute(queries)
  const found = await readBefore(db, before)
  let inventories = 0n
  for (const { id } of found.inventories) {
    const { numUpdatedRows } = await queries
      .updateTable('snapshots')
      .set({ kind: 'unused' })
      .where('id', '=', id)
      .where('read_at', '<', before)
      .executeTakeFirstOrThrow()
    inventories += numUpdatedRows
  }
  await deleteUnused(db)
  let identities = 0n
  for (const { identity } of found.identities) {
    const { numDeletedRows } = await queries
      .deleteFrom('seen_identities')
      .where('identity', '=', identity)
      .where('last_at', '<', before)
      .executeTakeFirstOrThrow()
    identities += numDeletedRows
  }
  const uses = await queries.deleteFrom('account_uses').where('read_at', '<', before).executeTakeFirstOrThrow()
  return { inventories: Number(inventories), identities: Number(identities), uses: Number(uses.numDeletedRows) }
}
