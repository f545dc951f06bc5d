import 'server-only'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import type { RefusedReturn } from '@/lib/domain/returns/marks'
import { cleanLine } from '@/lib/domain/text/clean'
import type { LedgerContext } from './context'
import { outcomeColumn } from './list'
import { intentsOf } from './read'
import { receiptsFrom } from './receipt-id'
import type { Scope } from './types'

/** What Vida said a month ago says little of a number now; who returns thousands stops a batch at three refusals. */
const DAYS = 30
const MOST = 200
/** Events that say so, of all owners, are searched in pieces: newest first, and so many pieces at most. */
const PIECE = 1_000
const MOST_PIECES = 20
/** Of a reason, UTF-16 code units: the answer is asked for every second while a return is open. */
const LONGEST = 200

const messageColumn = sql<string | null>`(select message from return_events
  where return_events.receipt_id = return_intents.receipt_id and message is not null and how != 'contradicted'
  order by seq desc limit 1)`

/** The newest refused returns of a scope. */
async function refusals({ db: { queries } }: LedgerContext, scope: Scope, since: number) {
  const events = queries
    .selectFrom('return_events')
    .select('receipt_id')
    .where('receipt_id', '>=', receiptsFrom(since))
    // A literal, as the index is for this outcome alone.
    .where('outcome', '=', sql.lit('refused' as const))
    .orderBy('receipt_id', 'desc')
    .limit(PIECE)
  const found = []
  let piece = await events.execute()
  for (let left = MOST_PIECES; piece.length > 0 && left > 0 && found.length < MOST; left -= 1) {
    const ids = [...new Set(piece.map(({ receipt_id }) => receipt_id))]
    const own = await intentsOf(queries, scope)
      .select([
        'receipt_id as receiptId',
        'number',
        'account_id as accountId',
        'requested_at as requestedAt',
        messageColumn.as('message'),
      ])
      .where('receipt_id', 'in', ids)
      .orderBy('receipt_id', 'desc')
      .limit(MOST)
      .execute()
    found.push(...own)
    piece = piece.length < PIECE ? [] : await events.where('receipt_id', '<', ids.at(-1) ?? '').execute()
  }
  return found.slice(0, MOST)
}

/** Numbers whose newest return that was sent Vida refused, newest first. */
export async function refusedOf(context: LedgerContext, scope: Scope, now: number): Promise<RefusedReturn[]> {
  const refused = await refusals(context, scope, now - DAYS * 24 * 60 * 60_000)
  if (refused.length === 0) return []
  await nextTurn()
  const returns = await intentsOf(context.db.queries, scope)
    .select(['receipt_id as receiptId', 'number', outcomeColumn.as('outcome')])
    .where('number', 'in', [...new Set(refused.map(({ number }) => number))])
    .execute()
  const last = new Map<string, string>()
  for (const { number, receiptId, outcome } of returns)
    if (outcome !== 'not_sent' && receiptId > (last.get(number) ?? '')) last.set(number, receiptId)
  return refused
    .filter(({ number, receiptId }) => last.get(number) === receiptId)
    .map(({ message, ...row }) => ({ ...row, message: message && cleanLine(message, LONGEST) }))
}
