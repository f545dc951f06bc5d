import 'server-only'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { isCheckable, MARK_AFTER_MS } from '@/lib/domain/returns/settling'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { scopeOf } from '@/lib/server/ledger/types'
import { endIfRefused } from '@/lib/server/session/ask-again'
import type { Session } from '@/lib/server/session/current'
import { addEvent, check, checkTarget, scheduleChecks } from './check'
import { readReceipt } from './receipt'

const BY_HAND =
  'This number was returned by hand, so there is no account to read. Refresh Numbers: if a reading lists the number and a later complete one does not, that settles it. You can also mark it as not returned five minutes after the request.'
const NO_ACCOUNT =
  'Vida answers that there is no such account (404), so the account can’t be read. Refresh Numbers: a complete reading without the number settles it. If another account holds the number then, you can mark it as not returned.'

export async function checkAgain(ctx: Context, session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = await readReceipt(ctx, session, receiptId)
  if (!isCheckable(record)) throw new Problem('not_unknown')
  if (record.accountId === null) throw new Problem('account_unreadable', { detail: BY_HAND })
  const { read, missing } = await check(ctx, session, checkTarget(record))
  if (!read) await unreadable(ctx, session, missing)
  return readReceipt(ctx, session, receiptId)
}

/**
 * Reads the account a last time: a number that is gone settles the return as returned. Where Vida answers 404 for the
 * account, a complete scan must have found the number elsewhere. @throws Problem (docs/http-api.md)
 */
export async function markNotReturned(ctx: Context, session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = await readReceipt(ctx, session, receiptId)
  if (record.outcome !== 'unknown') throw new Problem('not_unknown')
  if ((await ctx.ledger.now()) - Date.parse(record.requestedAt) < MARK_AFTER_MS) throw new Problem('too_early_to_mark')
  if (record.accountId !== null) {
    const { settled, read, missing } = await check(ctx, session, checkTarget(record))
    if (!read && !(missing && seenElsewhere(record))) await unreadable(ctx, session, missing)
    if (settled) return readReceipt(ctx, session, receiptId)
  }
  await addEvent(ctx, receiptId, { outcome: 'not_returned', how: 'marked_by_person' })
  return readReceipt(ctx, session, receiptId)
}

/** Settles what a stopped server left open, and schedules checks of unknown and unread returns. Sends nothing again. */
export async function settleOrphans(ctx: Context, session: Session): Promise<void> {
  const scope = scopeOf(session)
  await ctx.ledger.settleOrphans(scope)
  const unverified = await unverifiedReturns(ctx, session, await ctx.ledger.now())
  const unread = unverified.filter(({ verified }) => verified === null)
  for (const record of [...(await ctx.ledger.unsettled(scope)), ...unread])
    scheduleChecks(ctx, session, checkTarget(record))
}

/** Without the newest ones, whose own read may still follow. @param now Unix ms by the ledger's clock */
export async function unverifiedReturns(ctx: Context, session: Session, now: number): Promise<ReturnRecord[]> {
  const records = await ctx.ledger.unverified(scopeOf(session))
  return records.filter(({ settledAt }) => Date.parse(settledAt ?? '') < now - ctx.instance.leaseMs)
}

function seenElsewhere({ events }: ReturnRecord): boolean {
  return events.findLast(({ gone }) => gone !== null)?.how === 'seen_in_scan'
}

async function unreadable(ctx: Context, session: Session, missing: boolean): Promise<never> {
  if (await endIfRefused(ctx, session)) throw new Problem('signed_out')
  throw new Problem('account_unreadable', missing ? { detail: NO_ACCOUNT } : {})
}
