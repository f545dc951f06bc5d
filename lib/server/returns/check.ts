import 'server-only'
import type { RecordOutcome, ReturnRecord } from '@/lib/domain/returns/record'
import type { Context } from '@/lib/server/context/context'
import { LedgerConflict } from '@/lib/server/ledger/errors'
import type { NewEvent } from '@/lib/server/ledger/types'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import { readAccount } from '@/lib/server/scan/account-read'
import type { Session } from '@/lib/server/session/current'

/** When an unknown outcome is looked at by reading the account, ms after the answer failed to come. */
export const CHECKS_MS = [1_000, 3_000, 10_000, 30_000] as const

/** A return to look after: one whose outcome is unknown, or a returned one that nobody has seen gone yet. */
interface Watched extends Pick<ReturnRecord, 'receiptId' | 'number' | 'accountId'> {
  outcome: 'unknown' | 'returned'
  /** Vida answered that it knows no such number (404): only the account can tell what that means. */
  denied?: boolean
}
/** `missing`: not read, because Vida knows no such account (404). */
type Checked = { settled: boolean; read: boolean; missing: boolean }

/** What there is to look after in a record. */
export function watched({ events, outcome, ...record }: ReturnRecord): Watched {
  const denied = events.some(({ how, httpStatus }) => how === 'vida_answered' && httpStatus === 404)
  return { ...record, outcome: outcome === 'returned' ? 'returned' : 'unknown', denied }
}

/** What a complete read shows of a return to which Vida said 404: it did nothing, so absence is somebody else's doing. */
export function meaningOf404(gone: boolean | null): 'already_gone' | 'refused' {
  return gone ? 'already_gone' : 'refused'
}

/**
 * Reads for it in the background at the times of `CHECKS_MS` from the `from`th on, counted from `since` (ms); after the
 * last one it is left for *Check again*. Once for each receipt in a process.
 */
export function keepChecking(
  ctx: Context,
  session: Session,
  watched: Watched,
  { since = ctx.clock.now(), from = 0 } = {},
): void {
  const seen = ctx.shared('checks', () => new BoundedMap<string, true>(10_000))
  if (watched.accountId === null || seen.get(watched.receiptId)) return
  seen.set(watched.receiptId, true)
  const run = async () => {
    for (const at of CHECKS_MS.slice(from)) {
      await ctx.clock.sleep(Math.max(0, since + at - ctx.clock.now()), { ref: false })
      if (ctx.shutdown.isStopping()) return
      try {
        if ((await check(ctx, session, watched)).settled) return
      } catch {
        ctx.log('error', 'check_failed')
      }
    }
  }
  void run()
}

/**
 * Reads the account once: gone settles it as returned, after a 404 as already gone; still there settles only what Vida
 * said 404 to. A read that fails proves nothing.
 * @throws LedgerUnavailable
 */
export async function check(ctx: Context, session: Session, watched: Watched): Promise<Checked> {
  const { receiptId, number, accountId } = watched
  if (accountId === null) return { settled: false, read: false, missing: false }
  const found = await readAccount(ctx, session, accountId, number)
  if (found.kind === 'unreadable') return { settled: false, read: false, missing: found.failure.status === 404 }
  const gone = found.kind === 'gone'
  const took = await add(ctx, receiptId, { outcome: shownBy(watched, gone), how: 'read_after', gone })
  return { settled: gone || watched.denied === true || !took, read: true, missing: false }
}

/** What it means for the outcome that a complete read lacked the number, or still had it. */
export function shownBy({ denied, outcome }: Watched, gone: boolean): RecordOutcome {
  if (denied) return meaningOf404(gone)
  return gone ? 'returned' : outcome
}

/** Adds an event; false if somebody else settled the return meanwhile, and the record says how. */
export async function add({ ledger }: Context, receiptId: string, event: NewEvent): Promise<boolean> {
  try {
    await ledger.append(receiptId, event)
    return true
  } catch (error) {
    if (error instanceof LedgerConflict) return false
    throw error
  }
}
