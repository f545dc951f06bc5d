import 'server-only'
import { clock, type LedgerContext, type Queries } from './context'
import { LedgerUnavailable } from './errors'
import { settleOrphan } from './orphans'
import { newReceiptId } from './receipt-id'
import { searchable, storable, storableOrNull } from './text'
import type { IntendAnswer, Intent } from './types'

/** How often the lock may be released between the conflict and its reading before the ledger counts as unavailable. */
const TRIES = 10

async function takeLock(trx: Queries, intent: Intent, receiptId: string, leaseUntil: number): Promise<boolean> {
  const taken = await trx
    .insertInto('return_locks')
    .values({
      origin: intent.scope.origin,
      number: intent.number,
      receipt_id: receiptId,
      state: 'open',
      instance: intent.instance,
      lease_until: leaseUntil,
    })
    .onConflict((conflict) => conflict.columns(['origin', 'number']).doNothing())
    .returning('receipt_id')
    .executeTakeFirst()
  return taken !== undefined
}

async function writeIntent(trx: Queries, intent: Intent, receiptId: string, requestedAt: string): Promise<void> {
  const { by, accountId, accountName, organizationId, organizationName, note } = intent
  const texts = [accountId, accountName, organizationId, organizationName, note].filter((text) => text !== null)
  await trx
    .insertInto('return_intents')
    .values({
      receipt_id: receiptId,
      origin: intent.scope.origin,
      owner_id: intent.scope.ownerId,
      owner_name: storable(by.name),
      owner_role: by.role,
      identity: intent.identity,
      number: intent.number,
      account_id: accountId,
      account_name: storableOrNull(accountName),
      organization_id: organizationId,
      organization_name: storableOrNull(organizationName),
      note: storableOrNull(note),
      batch_id: intent.batchId,
      requested_at: requestedAt,
      instance: intent.instance,
      search_text: texts.map(searchable).join('\n'),
    })
    .execute()
}

export async function intend(trx: Queries, context: LedgerContext, intent: Intent): Promise<IntendAnswer> {
  for (let tries = 0; tries < TRIES; tries++) {
    const now = await clock(trx, context)
    const receiptId = newReceiptId(now)
    if (await takeLock(trx, intent, receiptId, now + intent.leaseMs)) {
      const requestedAt = new Date(now).toISOString()
      await writeIntent(trx, intent, receiptId, requestedAt)
      return { kind: 'intended', receiptId, requestedAt }
    }

    const lock = await trx
      .selectFrom('return_locks')
      .select(['receipt_id', 'state'])
      .where('origin', '=', intent.scope.origin)
      .where('number', '=', intent.number)
      .executeTakeFirst()
    if (!lock) continue
    if (lock.state === 'unsettled') return { kind: 'unsettled', receiptId: lock.receipt_id }
    const orphan = await settleOrphan(trx, context, lock.receipt_id)
    if (!orphan) return { kind: 'in_progress', receiptId: lock.receipt_id }
    if (orphan.outcome === 'unknown') return { kind: 'unsettled', receiptId: lock.receipt_id }
  }
  throw new LedgerUnavailable('CONTENDED')
}
