import { type Kysely, sql } from 'kysely'
import { columnTypes } from '@/lib/server/db/column-types'
import type { DialectName } from '@/lib/server/db/tables'

/** Batches of returns: what was confirmed together, and how far it has come. Outcomes stand in the ledger alone. */
export async function createBatchTables(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const { text, ms, tableEnd } = columnTypes(dialect)
  await db.schema
    .createTable('batches')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('origin', text, (column) => column.notNull())
    .addColumn('owner_id', text, (column) => column.notNull())
    .addColumn('requested_by', text, (column) => column.notNull())
    .addColumn('note', text)
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('reason', text)
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('ended_at', text)
    .addColumn('instance', text, (column) => column.notNull())
    .addColumn('lease_until', ms, (column) => column.notNull())
    .modifyEnd(tableEnd)
    .execute()
  await db.schema
    .createTable('batch_items')
    .addColumn('batch_id', text, (column) => column.notNull().references('batches.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('number', text, (column) => column.notNull())
    .addColumn('account_id', text, (column) => column.notNull())
    .addColumn('account_name', text)
    .addColumn('organization_id', text)
    .addColumn('organization_name', text)
    .addColumn('state', text, (column) => column.notNull().check(sql`state in ('waiting', 'taken', 'done')`))
    .addColumn('problem', text)
    .addPrimaryKeyConstraint('batch_items_pk', ['batch_id', 'position'])
    .addUniqueConstraint('batch_items_number', ['batch_id', 'number'])
    .modifyEnd(tableEnd)
    .execute()
  await db.schema.createIndex('batches_owner').on('batches').columns(['origin', 'owner_id', 'id']).execute()
}
