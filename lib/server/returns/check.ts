import 'server-only'
import type { RecordOutcome, ReturnRecord } from '@/lib/domain/returns/record'
import type { Context } from '@/lib/server/context/context'
import { LedgerConflict } from '@/lib/server/ledger/errors'
import type { NewEvent } from '@/lib/server/ledger/types'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import { readAccount } from '@/lib/server/scan/account-read'
import type { Session } from '@/lib/server/session/current'

export const CHECKS_MS = [1_000, 3_000, 10_000, 30_000] as const

interface CheckTarget extends Pick<ReturnRecord, 'receiptId' | 'number' | 'accountId'> {
  outcome: 'unknown' | 'returned'
  denied?: boolean
}
/** `missing`: not read, because Vida answered 404 for the account. */
type CheckResult = { settled: boolean; read: boolean; missing: boolean }

export function checkTarget({ events, outcome, ...record }: ReturnRecord): CheckTarget {
  const denied = events.some(({ how, httpStatus }) => how === 'vida_answered' && httpStatus === 404)
  return { ...record, outcome: outcome === 'returned' ? 'returned' : 'unknown', denied }
}

/** After a 404 Vida did nothing, so a number that is gone was returned or moved by someone else. */
export function meaningOf404(gone: boolean | null): 'already_gone' | 'refused' {
  return gone ? 'already_gone' : 'refused'
}

/** A series of which no read succeeded is repeated after so long, ms; each pause is twice the one before. */
const FIRST_PAUSE_MS = 60_000
const LONGEST_PAUSE_MS = 15 * 60_000

/** `from`: Unix ms, infinite while it runs and once a read succeeded. */
interface NextSeries {
  from: number
  pauseMs: number
}

/** Checks at the `CHECKS_MS` from index `from` on, counted from `since` (Unix ms); later calls repeat a blind series. */
export function scheduleChecks(
  ctx: Context,
  session: Session,
  target: CheckTarget,
  { since = ctx.clock.now(), from = 0 } = {},
): void {
  const scheduled = ctx.shared('checks', () => new BoundedMap<string, NextSeries>(10_000))
  const next = scheduled.get(target.receiptId) ?? { from: 0, pauseMs: FIRST_PAUSE_MS }
  if (target.accountId === null || ctx.clock.now() < next.from) return
  scheduled.set(target.receiptId, { ...next, from: Number.POSITIVE_INFINITY })
  const run = async () => {
    let wasRead = false
    for (const at of CHECKS_MS.slice(from)) {
      await ctx.clock.sleep(Math.max(0, since + at - ctx.clock.now()), { ref: false })
      if (ctx.shutdown.isStopping()) return
      try {
        const { settled, read } = await check(ctx, session, target)
        if (settled) return
        wasRead ||= read
      } catch {
        ctx.log('error', 'check_failed')
      }
    }
    if (wasRead) return
    const pauseMs = Math.min(2 * next.pauseMs, LONGEST_PAUSE_MS)
    scheduled.set(target.receiptId, { from: ctx.clock.now() + next.pauseMs, pauseMs })
  }
  void run()
}

/** A number that is gone settles the return; a listed one does so only after a 404. @throws LedgerUnavailable */
export async function check(ctx: Context, session: Session, target: CheckTarget): Promise<CheckResult> {
  const { receiptId, number, accountId } = target
  if (accountId === null) return { settled: false, read: false, missing: false }
  const found = await readAccount(ctx, session, accountId, number)
  if (found.kind === 'unreadable') return { settled: false, read: false, missing: found.failure.status === 404 }
  const gone = found.kind === 'gone'
  const added = await addEvent(ctx, receiptId, { outcome: outcomeAfterRead(target, gone), how: 'read_after', gone })
  return { settled: gone || target.denied === true || !added, read: true, missing: false }
}

export function outcomeAfterRead({ denied, outcome }: CheckTarget, gone: boolean): RecordOutcome {
  if (denied) return meaningOf404(gone)
  return gone ? 'returned' : outcome
}

/** Appends an event; false if the return was settled otherwise in the meantime. */
export async function addEvent({ ledger }: Context, receiptId: string, event: NewEvent): Promise<boolean> {
  try {
    await ledger.append(receiptId, event)
    return true
  } catch (error) {
    if (error instanceof LedgerConflict) return false
    throw error
  }
}
