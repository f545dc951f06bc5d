import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { Problem } from '@/lib/http/problem'
import { look } from '@/lib/inventory/look'
import type { CompleteWalk } from '@/lib/inventory/running-walks'
import { LedgerConflict } from '@/lib/ledger/errors'
import { BoundedMap } from '@/lib/process/bounded-map'
import { log } from '@/lib/process/log'
import { shared } from '@/lib/process/shared'
import { isStopping } from '@/lib/process/shutdown'
import type { Session } from '@/lib/session/current'
import { endIfRefused } from '@/lib/session/end-if-refused'
import { ledger, scopeOf } from './ledger-room'
import type { ReturnAnswer, ReturnRecord } from './record'

/** When an unknown outcome is looked at by reading the account, ms after the answer failed to come. */
const CHECKS_MS = [1_000, 3_000, 10_000, 30_000] as const

/** How old a return must be before a person may mark it as not returned, ms. */
const MARK_AFTER_MS = 5 * 60_000

/** A return to look after: one whose outcome is unknown, or a returned one that was still listed. */
interface Watched extends Pick<ReturnRecord, 'receiptId' | 'number' | 'accountId'> {
  outcome: 'unknown' | 'returned'
}
type Checked = { settled: boolean; read: boolean; numbers: ReturnAnswer['numbers'] }

/** The check at one second, which the answer to the browser waits for. */
export async function firstCheck(session: Session, watched: Watched): Promise<Checked> {
  if (watched.accountId !== null) await delay(CHECKS_MS[0])
  return check(session, watched)
}

/** The later checks, in the background; after the last one it is left for *Check again*. */
export function keepChecking(session: Session, watched: Watched, from = 1): void {
  const seen = shared('checks', () => new BoundedMap<string, true>(10_000))
  if (watched.accountId === null || seen.get(watched.receiptId)) return
  seen.set(watched.receiptId, true)
  const run = async () => {
    for (let index = from; index < CHECKS_MS.length; index += 1) {
      const wait = (CHECKS_MS[index] ?? 0) - (CHECKS_MS[index - 1] ?? 0)
      await delay(wait, undefined, { ref: false })
      if (isStopping() || (await check(session, watched)).settled) return
    }
  }
  run().catch(() => log('error', 'check_failed'))
}

/** Reads the account once: gone settles it as returned; still there, or not readable, proves nothing. */
async function check(session: Session, { receiptId, number, accountId, outcome }: Watched): Promise<Checked> {
  if (accountId === null) return { settled: false, numbers: null, read: false }
  const found = await look(session, accountId, number)
  if (found.kind === 'unreadable') return { settled: false, numbers: null, read: false }
  const gone = found.kind === 'gone'
  try {
    await (await ledger()).append(receiptId, { outcome: gone ? 'returned' : outcome, how: 'read_after', gone })
  } catch (error) {
    // Somebody else settled it while we read; the record says how.
    if (!(error instanceof LedgerConflict)) throw error
    return { settled: true, numbers: found.numbers, read: true }
  }
  return { settled: gone, numbers: found.numbers, read: true }
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
  if (!(await check(session, { ...record, outcome: 'unknown' })).read) {
    await endIfRefused(session)
    throw new Problem('account_unreadable')
  }
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
    if (!read) throw new Problem('account_unreadable')
    if (settled) return reload(session, receiptId)
  }
  await (await ledger()).append(receiptId, { outcome: 'not_returned', how: 'marked_by_person' })
  return reload(session, receiptId)
}

/** What a complete walk that began after the request proves: a number that no account holds was returned. */
export async function settleAbsent(session: Session, walk: CompleteWalk): Promise<void> {
  const book = await ledger()
  for (const record of await book.unsettled(scopeOf(session))) {
    const asked = Date.parse(record.events.findLast((event) => event.outcome === 'unknown')?.at ?? record.requestedAt)
    if (asked > walk.startedAt || walk.has(record.number)) continue
    await book.append(record.receiptId, { outcome: 'returned', how: 'absent_from_walk', gone: true })
  }
}

/**
 * Makes unknowns of the returns that a stopped server left open, and begins to read for all that are unknown: only
 * now is there a session that holds the token. Nothing is sent again.
 */
export async function settleOrphans(session: Session): Promise<void> {
  const book = await ledger()
  await book.adoptOrphans(scopeOf(session))
  for (const record of await book.unsettled(scopeOf(session)))
    keepChecking(session, { ...record, outcome: 'unknown' }, 0)
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
