import type { Kysely } from 'kysely'
import { columnTypes } from '@/lib/server/db/column-types'
import type { DialectName } from '@/lib/server/db/tables'

/** The last complete inventory of each identity, a row for each account. */
export async function createSnapshotTables(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const { text, tableEnd } = columnTypes(dialect)
  await db.schema
    .createTable('kept_inventories')
    .addColumn('identity', text, (column) => column.primaryKey().notNull())
    .addColumn('read_at', text, (column) => column.notNull())
    .modifyEnd(tableEnd)
    .execute()
  await db.schema
    .createTable('kept_accounts')
    .addColumn('identity', text, (column) =>
      column.notNull().references('kept_inventories.identity').onDelete('cascade'),
    )
    .addColumn('account_id', text, (column) => column.notNull())
    .addColumn('account', text, (column) => column.notNull())
    .addColumn('numbers', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('kept_accounts_pk', ['identity', 'account_id'])
    .modifyEnd(tableEnd)
    .execute()
}
