import { type Kysely, sql } from 'kysely'

/** For the history: single returns without passing over those of batches, a batch's returns, and its numbers' latest. */
export async function createHistoryIndexes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('return_intents_single')
    .on('return_intents')
    .columns(['origin', 'owner_id', 'receipt_id'])
    .where(sql.ref('batch_id'), 'is', null)
    .execute()
  await db.schema
    .createIndex('return_intents_owner_batch')
    .on('return_intents')
    .columns(['origin', 'owner_id', 'batch_id', 'receipt_id'])
    .execute()
  await db.schema
    .createIndex('return_intents_batch_number')
    .on('return_intents')
    .columns(['batch_id', 'number', 'receipt_id'])
    .execute()
  // The last one begins with the same column.
  await db.schema.dropIndex('return_intents_batch').execute()
}
