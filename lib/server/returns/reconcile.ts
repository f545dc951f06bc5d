import 'server-only'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { isCheckable, MARK_AFTER_MS } from '@/lib/domain/returns/settling'
import { Problem } from '@/lib/server/http/problem'
import type { Session } from '@/lib/server/session/current'
import { endIfRefused } from '@/lib/server/session/end-if-refused'
import { add, check, keepChecking, watched } from './check'
import { LEASE_MS, ledger, scopeOf } from './current-ledger'
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
export async function checkAgain(session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = await readReceipt(session, receiptId)
  if (!isCheckable(record)) throw new Problem('not_unknown')
  if (record.accountId === null) throw new Problem('account_unreadable', { detail: BY_HAND })
  const { read, missing } = await check(session, watched(record))
  if (!read) await unreadable(session, missing)
  return readReceipt(session, receiptId)
}

/**
 * A person who sees the number still there says that it was not returned. Looks once more first: what is gone is
 * settled as returned. Where Vida does not know the account any more, a complete scan must have seen the number elsewhere.
 * @throws Problem `too_early_to_mark`, `account_unreadable`, `not_unknown`, `no_receipt`.
 */
export async function markNotReturned(session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = await readReceipt(session, receiptId)
  if (record.outcome !== 'unknown') throw new Problem('not_unknown')
  if ((await (await ledger()).now()) - Date.parse(record.requestedAt) < MARK_AFTER_MS)
    throw new Problem('too_early_to_mark')
  if (record.accountId !== null) {
    const { settled, read, missing } = await check(session, watched(record))
    if (!read && !(missing && seenElsewhere(record))) await unreadable(session, missing)
    if (settled) return readReceipt(session, receiptId)
  }
  await add(receiptId, { outcome: 'not_returned', how: 'marked_by_person' })
  return readReceipt(session, receiptId)
}

/**
 * Makes unknowns of the returns that a stopped server left open, and begins to read for all that are unknown, and for
 * those that nobody read for after Vida had accepted them: only now is there a session that holds the token. Nothing
 * is sent again.
 */
export async function settleOrphans(session: Session): Promise<void> {
  const book = await ledger()
  const scope = scopeOf(session)
  await book.adoptOrphans(scope)
  const unread = (await leftUnverified(session, await book.now())).filter(({ verified }) => verified === null)
  for (const record of [...(await book.unsettled(scope)), ...unread]) keepChecking(session, watched(record))
}

/**
 * Returned, and nobody has seen it gone since. Whoever carried out the newest may still be about to read for it.
 * @param now Unix ms by the ledger's clock
 */
export async function leftUnverified(session: Session, now: number): Promise<ReturnRecord[]> {
  const records = await (await ledger()).unverified(scopeOf(session))
  return records.filter(({ settledAt }) => Date.parse(settledAt ?? '') < now - LEASE_MS)
}

function seenElsewhere({ events }: ReturnRecord): boolean {
  return events.findLast(({ gone }) => gone !== null)?.how === 'seen_in_scan'
}

async function unreadable(session: Session, missing: boolean): Promise<never> {
  if (await endIfRefused(session)) throw new Problem('signed_out')
  throw new Problem('account_unreadable', missing ? { detail: NO_ACCOUNT } : {})
}
