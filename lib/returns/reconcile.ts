import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { Problem } from '@/lib/http/problem'
import { look } from '@/lib/inventory/look'
import type { CompleteWalk } from '@/lib/inventory/running-walks'
import { LedgerConflict } from '@/lib/ledger/errors'
import type { NewEvent } from '@/lib/ledger/types'
import { BoundedMap } from '@/lib/process/bounded-map'
import { log } from '@/lib/process/log'
import { shared } from '@/lib/process/shared'
import { isStopping } from '@/lib/process/shutdown'
import type { Session } from '@/lib/session/current'
import { endIfRefused } from '@/lib/session/end-if-refused'
import { ledger, scopeOf } from './ledger-room'
import type { ReturnRecord } from './record'

/** When an unknown outcome is looked at by reading the account, ms after the answer failed to come. */
export const CHECKS_MS = [1_000, 3_000, 10_000, 30_000] as const

/** How old a return must be before a person may mark it as not returned, ms. */
const MARK_AFTER_MS = 5 * 60_000

/** A return to look after: one whose outcome is unknown, or a returned one that was still listed. */
interface Watched extends Pick<ReturnRecord, 'receiptId' | 'number' | 'accountId'> {
  outcome: 'unknown' | 'returned'
}
type Checked = { settled: boolean; read: boolean }

/**
 * Reads for it in the background at the times of `CHECKS_MS` from the `from`th on, counted from `since` (ms); after the
 * last one it is left for *Check again*. Once for each receipt in a process.
 */
export function keepChecking(session: Session, watched: Watched, { since = Date.now(), from = 0 } = {}): void {
  const seen = shared('checks', () => new BoundedMap<string, true>(10_000))
  if (watched.accountId === null || seen.get(watched.receiptId)) return
  seen.set(watched.receiptId, true)
  const run = async () => {
    for (const at of CHECKS_MS.slice(from)) {
      await delay(Math.max(0, since + at - Date.now()), undefined, { ref: false })
      if (isStopping()) return
      try {
        if ((await check(session, watched)).settled) return
      } catch {
        log('error', 'check_failed')
      }
    }
  }
  void run()
}

/**
 * Reads the account once: gone settles it as returned; still there, or not readable, proves nothing.
 * @throws LedgerUnavailable
 */
async function check(session: Session, { receiptId, number, accountId, outcome }: Watched): Promise<Checked> {
  if (accountId === null) return { settled: false, read: false }
  const found = await look(session, accountId, number)
  if (found.kind === 'unreadable') return { settled: false, read: false }
  const gone = found.kind === 'gone'
  const took = await add(receiptId, { outcome: gone ? 'returned' : outcome, how: 'read_after', gone })
  return { settled: gone || !took, read: true }
}

/** Adds an event; false if somebody else settled the return meanwhile, and the record says how. */
async function add(receiptId: string, event: NewEvent): Promise<boolean> {
  try {
    await (await ledger()).append(receiptId, event)
    return true
  } catch (error) {
    if (error instanceof LedgerConflict) return false
    throw error
  }
}

/**
 * A person asks to look again. @returns the record as it then stands.
 * @throws Problem `not_found`, `not_unknown`, or `account_unreadable` when nothing could be learnt.
 */
export async function checkAgain(session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = await unknownRecord(session, receiptId)
  if (record.accountId === null) {
    throw new Problem('account_unreadable', {
      detail:
        'This number was returned by hand, so there is no account to look at. A complete reading of Numbers settles it: refresh that page.',
    })
  }
  if (!(await check(session, { ...record, outcome: 'unknown' })).read) await unreadable(session)
  return reload(session, receiptId)
}

/**
 * A person who sees the number still there says that it was not returned. Looks once more first: what is gone is
 * settled as returned.
 * @throws Problem `too_early_to_mark`, `account_unreadable`, `not_unknown`, `not_found`.
 */
export async function markNotReturned(session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = await unknownRecord(session, receiptId)
  if (Date.now() - Date.parse(record.requestedAt) < MARK_AFTER_MS) throw new Problem('too_early_to_mark')
  if (record.accountId !== null) {
    const { settled, read } = await check(session, { ...record, outcome: 'unknown' })
    if (!read) await unreadable(session)
    if (settled) return reload(session, receiptId)
  }
  await add(receiptId, { outcome: 'not_returned', how: 'marked_by_person' })
  return reload(session, receiptId)
}

/**
 * What a complete walk that began after the request proves: a number returned by hand that no account holds was
 * returned. Where an account is known, it is read by itself: the walk may have missed that account.
 */
export async function settleAbsent(session: Session, walk: CompleteWalk): Promise<void> {
  for (const record of await (await ledger()).unsettled(scopeOf(session))) {
    const asked = Date.parse(record.events.findLast((event) => event.how !== 'read_after')?.at ?? record.requestedAt)
    if (asked > walk.startedAt || walk.has(record.number)) continue
    if (record.accountId !== null) await check(session, { ...record, outcome: 'unknown' })
    else await add(record.receiptId, { outcome: 'returned', how: 'absent_from_walk', gone: true })
  }
}

/**
 * Makes unknowns of the returns that a stopped server left open, and begins to read for all that are unknown: only
 * now is there a session that holds the token. Nothing is sent again.
 */
export async function settleOrphans(session: Session): Promise<void> {
  const book = await ledger()
  await book.adoptOrphans(scopeOf(session))
  for (const record of await book.unsettled(scopeOf(session))) keepChecking(session, { ...record, outcome: 'unknown' })
}

async function unreadable(session: Session): Promise<never> {
  throw new Problem((await endIfRefused(session)) ? 'signed_out' : 'account_unreadable')
}

async function unknownRecord(session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = await reload(session, receiptId)
  if (record.outcome !== 'unknown') throw new Problem('not_unknown')
  return record
}

async function reload(session: Session, receiptId: string): Promise<ReturnRecord> {
  const record = await (await ledger()).get(scopeOf(session), receiptId)
  if (!record) throw new Problem('not_found')
  return record
}
