import 'server-only'
import type { HeldReturn, ReturnAnswer, ReturnRecord } from '@/lib/domain/returns/record'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { scopeOf } from '@/lib/server/ledger/types'
import type { Session } from '@/lib/server/session/current'
import { problemOfNotSent } from './not-sent'
import { readReceipt } from './receipt'

const EVERY_MS = 250
const LIMIT_MS = 2 * 60_000

/** The answer of the first request with this id, once its outcome is known. @throws Problem, as the first one did */
export async function answerOfRepeated(ctx: Context, session: Session, receiptId: string): Promise<ReturnAnswer> {
  const end = ctx.clock.now() + LIMIT_MS
  let record: ReturnRecord
  do {
    record = await readReceipt(ctx, session, receiptId)
    if (record.outcome !== 'open') return answerOf(record)
    await ctx.clock.sleep(EVERY_MS)
    // The server of the first request may have been killed.
    await ctx.ledger.settleOrphans(scopeOf(session))
  } while (ctx.clock.now() < end && !ctx.shutdown.isStopping())
  throw new Problem('return_in_progress')
}

function answerOf({ receiptId, outcome, message, events }: ReturnRecord): ReturnAnswer {
  const how = events.at(-1)?.how
  if (outcome === 'not_sent') throw problemOfNotSent(how ?? 'not_recorded')
  const known = outcome === 'not_returned' || outcome === 'open' ? 'unknown' : outcome
  return { outcome: known, message, receiptId, numbers: null }
}

export async function heldAnswer(ctx: Context, session: Session, receiptId: string): Promise<HeldReturn> {
  const { sendsAt } = await readReceipt(ctx, session, receiptId)
  return { outcome: 'open', receiptId, sendsAt }
}
