import type { Kysely } from 'kysely'
import { columnTypes } from '@/lib/server/db/column-types'
import type { DialectName } from '@/lib/server/db/tables'

/**
 * Since when numbers have been seen, apart from the kept inventories, which stay as quick to read as they were; and
 * what an incomplete reading lacks, so that the parts that are read again can complete it.
 */
export async function createSeenTables(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const { text, tableEnd } = columnTypes(dialect)
  await db.schema.alterTable('kept_inventories').addColumn('missing', text).execute()
  await db.schema
    .createTable('seen_identities')
    .addColumn('identity', text, (column) => column.primaryKey().notNull())
    .addColumn('first_at', text)
    .addColumn('last_at', text, (column) => column.notNull())
    .modifyEnd(tableEnd)
    .execute()
  await db.schema
    .createTable('seen_accounts')
    .addColumn('identity', text, (column) =>
      column.notNull().references('seen_identities.identity').onDelete('cascade'),
    )
    .addColumn('account_id', text, (column) => column.notNull())
    .addColumn('since', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('seen_accounts_pk', ['identity', 'account_id'])
    .modifyEnd(tableEnd)
    .execute()
}
