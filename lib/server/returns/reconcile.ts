import 'server-only'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { isCheckable, MARK_AFTER_MS } from '@/lib/domain/returns/settling'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { scopeOf } from '@/lib/server/ledger/types'
import type { Session } from '@/lib/server/session/current'
import { endIfRefused } from '@/lib/server/session/end-if-refused'
import { add, check, keepChecking, watched } from './check'
import { readReceipt } from './receipt'

/** What settles a return whose account can't be asked, for people. */
const BY_HAND =
  'This number was returned by hand, so there is no account to look at. Refresh Numbers: a complete reading without the number settles it. If it is still listed there, mark it as not returned, five minutes after the request.'
const NO_ACCOUNT =
  'Vida answers that there is no such account (404), so it can’t be looked at. Refresh Numbers: a complete reading without the number settles it. If another account holds it then, you can mark it as not returned.'

/**
 * A person asks to look again for an unknown return, or for one that Vida accepted and nobody saw gone.
 * @returns the record as it then stands.
 * @throws Problem `no_receipt`, `not_unknown`, or `account_unreadable` when nothing could be learnt.
 */
export async function checkAgain(ctx: Context, session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = await readReceipt(ctx, session, receiptId)
  if (!isCheckable(record)) throw new Problem('not_unknown')
  if (record.accountId === null) throw new Problem('account_unreadable', { detail: BY_HAND })
  const { read, missing } = await check(ctx, session, watched(record))
  if (!read) await unreadable(ctx, session, missing)
  return readReceipt(ctx, session, receiptId)
}

/**
 * A person who sees the number still there says that it was not returned. Looks once more first: what is gone is
 * settled as returned. Where Vida does not know the account any more, a complete scan must have seen the number elsewhere.
 * @throws Problem `too_early_to_mark`, `account_unreadable`, `not_unknown`, `no_receipt`.
 */
export async function markNotReturned(ctx: Context, session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = await readReceipt(ctx, session, receiptId)
  if (record.outcome !== 'unknown') throw new Problem('not_unknown')
  if ((await ctx.ledger.now()) - Date.parse(record.requestedAt) < MARK_AFTER_MS) throw new Problem('too_early_to_mark')
  if (record.accountId !== null) {
    const { settled, read, missing } = await check(ctx, session, watched(record))
    if (!read && !(missing && seenElsewhere(record))) await unreadable(ctx, session, missing)
    if (settled) return readReceipt(ctx, session, receiptId)
  }
  await add(ctx, receiptId, { outcome: 'not_returned', how: 'marked_by_person' })
  return readReceipt(ctx, session, receiptId)
}

/**
 * Makes unknowns of the returns that a stopped server left open, and begins to read for all that are unknown, and for
 * those that nobody read for after Vida had accepted them: only now is there a session that holds the token. Nothing
 * is sent again.
 */
export async function settleOrphans(ctx: Context, session: Session): Promise<void> {
  const scope = scopeOf(session)
  await ctx.ledger.settleOrphans(scope)
  const unread = (await leftUnverified(ctx, session, await ctx.ledger.now())).filter(
    ({ verified }) => verified === null,
  )
  for (const record of [...(await ctx.ledger.unsettled(scope)), ...unread]) keepChecking(ctx, session, watched(record))
}

/**
 * Returned, and nobody has seen it gone since. Whoever carried out the newest may still be about to read for it.
 * @param now Unix ms by the ledger's clock
 */
export async function leftUnverified(ctx: Context, session: Session, now: number): Promise<ReturnRecord[]> {
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
