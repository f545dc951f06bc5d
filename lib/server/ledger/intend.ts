import 'server-only'
import { clock, type LedgerContext, type Queries } from './context'
import { LedgerUnavailable } from './errors'
import { settleOrphan } from './orphans'
import { intentsOf } from './read'
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
      owner_id: intent.scope.ownerId,
      number: intent.number,
      receipt_id: receiptId,
      state: 'open',
      instance: intent.instance,
      lease_until: leaseUntil,
    })
    .onConflict((conflict) => conflict.columns(['origin', 'owner_id', 'number']).doNothing())
    .returning('receipt_id')
    .executeTakeFirst()
  return taken !== undefined
}

interface Written {
  receiptId: string
  requestedAt: string
  sendsAt: string | null
}

/** @returns false: its request id was used in the same moment, for another number. */
async function writeIntent(
  trx: Queries,
  intent: Intent,
  { receiptId, requestedAt, sendsAt }: Written,
): Promise<boolean> {
  const { by, accountId, accountName, organizationId, organizationName, operator, reason, note } = intent
  const words = [accountId, accountName, organizationId, organizationName, operator, reason, note]
  const texts = words.filter((text) => text !== null)
  const written = await trx
    .insertInto('return_intents')
    .values({
      receipt_id: receiptId,
      origin: intent.scope.origin,
      owner_id: intent.scope.ownerId,
      owner_name: storable(by.name),
      owner_role: by.role,
      operator: storableOrNull(operator),
      identity: intent.identity,
      number: intent.number,
      account_id: accountId,
      account_name: storableOrNull(accountName),
      organization_id: organizationId,
      organization_name: storableOrNull(organizationName),
      reason: storableOrNull(reason),
      note: storableOrNull(note),
      batch_id: intent.batchId,
      requested_at: requestedAt,
      sends_at: sendsAt,
      listed_at: intent.listedAt,
      session_id: intent.sessionId,
      request_id: intent.request?.id ?? null,
      request_digest: intent.request?.digest ?? null,
      trace_id: intent.traceId,
      instance: intent.instance,
      search_text: texts.map(searchable).join('\n'),
    })
    .onConflict((conflict) => conflict.columns(['origin', 'owner_id', 'request_id']).doNothing())
    .returning('receipt_id')
    .executeTakeFirst()
  return written !== undefined
}

/** What became of a request id that was used before; null: it is new, or there is none. */
export async function sameRequest(
  trx: Queries,
  { scope, request }: Pick<Intent, 'scope' | 'request'>,
): Promise<IntendAnswer | null> {
  if (!request) return null
  const before = await intentsOf(trx, scope)
    .select(['receipt_id', 'request_digest'])
    .where('request_id', '=', request.id)
    .executeTakeFirst()
  if (!before) return null
  return { kind: before.request_digest === request.digest ? 'repeated' : 'reused', receiptId: before.receipt_id }
}

export async function intend(trx: Queries, context: LedgerContext, intent: Intent): Promise<IntendAnswer> {
  for (let tries = 0; tries < TRIES; tries++) {
    const same = await sameRequest(trx, intent)
    if (same) return same
    const now = await clock(trx, context)
    const receiptId = newReceiptId(now)
    if (await takeLock(trx, intent, receiptId, now + intent.leaseMs)) {
      const requestedAt = new Date(now).toISOString()
      const sendsAt = intent.holdMs > 0 ? new Date(now + intent.holdMs).toISOString() : null
      const written = { receiptId, requestedAt, sendsAt }
      if (await writeIntent(trx, intent, written)) {
        const { scope, batchId: batch } = intent
        const step = { receipt: receiptId, account: scope.ownerId, batch, ms: null, status: null }
        context.noted?.({ ...step, outcome: 'open', how: 'confirmed' })
        return { kind: 'intended', ...written }
      }
      await trx.deleteFrom('return_locks').where('receipt_id', '=', receiptId).execute()
      continue
    }

    // The lock's holder may be the same request, which came at the same moment.
    const first = await sameRequest(trx, intent)
    if (first) return first
    const lock = await trx
      .selectFrom('return_locks')
      .select(['receipt_id', 'state'])
      .where('origin', '=', intent.scope.origin)
      .where('owner_id', '=', intent.scope.ownerId)
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
