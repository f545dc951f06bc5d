import type { Kysely } from 'kysely'
import { columnTypes } from '@/lib/server/db/column-types'
import type { DialectName } from '@/lib/server/db/tables'

/** The allow-list of sessions. */
export async function createSessionTable(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const { text, ms, tableEnd } = columnTypes(dialect)
  await db.schema
    .createTable('sessions')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('identity', text, (column) => column.notNull())
    .addColumn('who', text, (column) => column.notNull())
    .addColumn('created_at', ms, (column) => column.notNull())
    .addColumn('expires_at', ms, (column) => column.notNull())
    .modifyEnd(tableEnd)
    .execute()
  await db.schema.createIndex('sessions_identity').on('sessions').column('identity').execute()
  await db.schema.createIndex('sessions_expiry').on('sessions').column('expires_at').execute()
}
