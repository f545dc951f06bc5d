import 'server-only'
import { Problem } from '@/lib/http/problem'
import type { CompleteWalk } from '@/lib/inventory/running-walks'
import type { Session } from '@/lib/session/current'
import { endIfRefused } from '@/lib/session/end-if-refused'
import { add, check, keepChecking, watched } from './check'
import { LEASE_MS, ledger, scopeOf } from './ledger-room'
import { readReceipt } from './receipt'
import type { ReturnRecord } from './record'

/** How old a return must be before a person may mark it as not returned, ms. */
const MARK_AFTER_MS = 5 * 60_000

/**
 * A person asks to look again. @returns the record as it then stands.
 * @throws Problem `no_receipt`, `not_unknown`, or `account_unreadable` when nothing could be learnt.
 */
export async function checkAgain(session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = await unknownRecord(session, receiptId)
  if (record.accountId === null) {
    throw new Problem('account_unreadable', {
      detail:
        'This number was returned by hand, so there is no account to look at. A complete reading of Numbers settles it: refresh that page.',
    })
  }
  if (!(await check(session, watched(record))).read) await unreadable(session)
  return readReceipt(session, receiptId)
}

/**
 * A person who sees the number still there says that it was not returned. Looks once more first: what is gone is
 * settled as returned.
 * @throws Problem `too_early_to_mark`, `account_unreadable`, `not_unknown`, `no_receipt`.
 */
export async function markNotReturned(session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = await unknownRecord(session, receiptId)
  if (Date.now() - Date.parse(record.requestedAt) < MARK_AFTER_MS) throw new Problem('too_early_to_mark')
  if (record.accountId !== null) {
    const { settled, read } = await check(session, watched(record))
    if (!read) await unreadable(session)
    if (settled) return readReceipt(session, receiptId)
  }
  await add(receiptId, { outcome: 'not_returned', how: 'marked_by_person' })
  return readReceipt(session, receiptId)
}

/**
 * What a complete walk that began after the request proves: a number returned by hand that no account holds was
 * returned. Where an account is known, it is read by itself: the walk may have missed that account. Now that Vida
 * answers, what nobody could read for after Vida had accepted it is read for as well.
 */
export async function settleAbsent(session: Session, walk: CompleteWalk): Promise<void> {
  for (const record of await (await ledger()).unsettled(scopeOf(session))) {
    const asked = Date.parse(record.events.findLast((event) => event.how !== 'read_after')?.at ?? record.requestedAt)
    if (asked > walk.startedAt || walk.has(record.number)) continue
    if (record.accountId !== null) await check(session, watched(record))
    else await add(record.receiptId, { outcome: 'returned', how: 'absent_from_walk', gone: true })
  }
  // After the unknown ones, whose numbers are locked.
  for (const record of await leftUnverified(session)) await check(session, watched(record))
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
  for (const record of [...(await book.unsettled(scope)), ...(await leftUnverified(session))])
    keepChecking(session, watched(record))
}

/** Returned, and nobody has read the account since. Whoever carried out the newest may still be about to. */
async function leftUnverified(session: Session): Promise<ReturnRecord[]> {
  const records = await (await ledger()).unverified(scopeOf(session))
  return records.filter(({ settledAt }) => Date.parse(settledAt ?? '') < Date.now() - LEASE_MS)
}

async function unreadable(session: Session): Promise<never> {
  throw new Problem((await endIfRefused(session)) ? 'signed_out' : 'account_unreadable')
}

async function unknownRecord(session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = await readReceipt(session, receiptId)
  if (record.outcome !== 'unknown') throw new Problem('not_unknown')
  return record
}
