import 'server-only'
import type { Proof } from '@/lib/domain/returns/record'
import { appendEvent } from './append'
import { clock, type LedgerContext, type Queries } from './context'
import { LedgerConflict } from './errors'
import type { IntentRow } from './fold'
import { renewLease } from './lease'
import { isProtected } from './protections'
import { eventsOf, lockIntent } from './read'
import type { SendAnswer, SendOrder } from './types'

/** How long a single return may take from the end of its hold to its request. */
const MOST_AGE_MS = 2 * 60_000

/**
 * Decides in one transaction whether the request may be sent. An undo, a sign-out or a stop that was answered before is
 * seen here; one that comes later is too late. Locks are taken in the order intent, lock, session, batch, protections, number.
 */
export async function beginSending(
  trx: Queries,
  context: LedgerContext,
  receiptId: string,
  order: SendOrder,
): Promise<SendAnswer> {
  const intent = await lockIntent(trx, context, receiptId)
  if (!intent) throw new LedgerConflict(receiptId, null, 'open')
  const last = (await eventsOf(trx, [receiptId])).at(-1)
  if (last) return { kind: 'ended', how: last.how }

  const end = async (how: Proof): Promise<SendAnswer> => {
    await appendEvent(trx, context, receiptId, { outcome: 'not_sent', how })
    return { kind: 'ended', how }
  }
  const now = await clock(trx, context)
  if (!(await renewLease(trx, receiptId, { ...order, now }))) return end('lease_lost')
  const obstacle = await obstacleTo(trx, context, intent, order, now)
  if (obstacle) return end(obstacle)
  if (await isProtected(trx, context, intent)) return end('protected')
  const free = order.proven ? await takeNumber(trx, intent) : await isNumberFree(trx, intent)
  if (!free || (await returnedSince(trx, intent))) return end('held_elsewhere')
  await appendEvent(trx, context, receiptId, { outcome: 'open', how: 'sending' })
  return { kind: 'sending' }
}

/** On PostgreSQL the rows stay as they are until this transaction ends; on SQLite it locks the whole database. */
async function obstacleTo(
  trx: Queries,
  { db, readOnly }: LedgerContext,
  intent: IntentRow,
  { instance }: SendOrder,
  now: number,
): Promise<Proof | null> {
  if (readOnly) return 'read_only'
  const postgres = db.dialect === 'postgres'
  const session = await trx
    .selectFrom('sessions')
    .select('expires_at')
    .where('id', '=', intent.session_id)
    .$if(postgres, (query) => query.forShare())
    .executeTakeFirst()
  if (!session || session.expires_at <= now) return 'signed_out'
  if (intent.batch_id === null) {
    const since = Date.parse(intent.sends_at ?? intent.requested_at)
    return now - since > MOST_AGE_MS ? 'too_old' : null
  }
  const batch = await trx
    .selectFrom('batches')
    .select(['state', 'instance', 'lease_until'])
    .where('id', '=', intent.batch_id)
    .$if(postgres, (query) => query.forShare())
    .executeTakeFirst()
  return batch?.state === 'running' && batch.instance === instance && batch.lease_until > now ? null : 'stopped'
}

/** The lock that all owners share: a return has it from `sending` on, until it is settled. @returns whether it was free */
async function takeNumber(trx: Queries, { origin, number, receipt_id }: IntentRow): Promise<boolean> {
  const taken = await trx
    .insertInto('number_locks')
    .values({ origin, number, receipt_id })
    .onConflict((conflict) => conflict.columns(['origin', 'number']).doNothing())
    .returning('receipt_id')
    .executeTakeFirst()
  return taken !== undefined
}

async function isNumberFree(trx: Queries, { origin, number }: IntentRow): Promise<boolean> {
  const holder = await trx
    .selectFrom('number_locks')
    .select('receipt_id')
    .where('origin', '=', origin)
    .where('number', '=', number)
    .executeTakeFirst()
  return holder === undefined
}

/** Another owner's return that ended after this one was confirmed: the account may have been read before that. */
async function returnedSince(trx: Queries, { origin, number, receipt_id, requested_at }: IntentRow): Promise<boolean> {
  const found = await trx
    .selectFrom('return_intents')
    .innerJoin('return_events', 'return_events.receipt_id', 'return_intents.receipt_id')
    .select('return_events.seq')
    .where('return_intents.origin', '=', origin)
    .where('return_intents.number', '=', number)
    .where('return_intents.receipt_id', '!=', receipt_id)
    .where('return_events.outcome', '=', 'returned')
    .where('return_events.at', '>=', requested_at)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
