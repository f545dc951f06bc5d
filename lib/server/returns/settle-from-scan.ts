import 'server-only'
import type { Proof, ReturnRecord } from '@/lib/domain/returns/record'
import type { Context } from '@/lib/server/context/context'
import { scopeOf } from '@/lib/server/ledger/types'
import type { CompleteScan } from '@/lib/server/scan/running-scans'
import type { Session } from '@/lib/server/session/current'
import { add, check, shownBy, watched } from './check'
import { leftUnverified } from './reconcile'

/** How many accounts are read by themselves after one scan, and how many of them at a time. */
const LOOKS = 50
const LOOKS_AT_ONCE = 4
/** For how long a return that Vida accepted is looked for while it is still listed, ms. */
const LISTED_MS = 7 * 86_400_000

const READINGS: readonly Proof[] = ['read_after', 'seen_in_scan', 'absent_from_scan']

/** A record that the scan alone does not settle, with what the scan showed of it. */
interface Left {
  record: ReturnRecord
  /** Whether some account held the number. */
  listed: boolean
  /** Whether its own account was among those that were read. */
  read: boolean
}

/**
 * What a complete scan that began after the request proves: a number that no account holds is gone, if its own account
 * was read, or none is known. For the others their account is read by itself, a few at a time and behind the scan's back:
 * `done` does not wait for that. Unknown ones come first, because their numbers are locked.
 */
export async function settleFromScan(ctx: Context, session: Session, scan: CompleteScan): Promise<void> {
  const now = await ctx.ledger.now()
  // By the ledger's clock, like what it is compared with.
  const startedAt = now - (ctx.clock.now() - scan.startedAt)
  const accepted = (await leftUnverified(ctx, session, now)).filter((record) => isDue(record, now))
  const left: Left[] = []
  for (const record of [...(await ctx.ledger.unsettled(scopeOf(session))), ...accepted]) {
    if (askedAt(record) > startedAt) continue
    const { accountId } = record
    const read = accountId !== null && scan.read(accountId)
    const listed = scan.has(record.number)
    if (!listed && (read || accountId === null)) await write(ctx, record, true)
    else if (accountId === null) await stillListed(ctx, record)
    else if (!read || record.outcome === 'returned') left.push({ record, listed, read })
  }
  void ctx.shutdown.tracked(lookAtAll(ctx, session, left.slice(0, LOOKS)))
}

/** When the number was asked for, or what was last heard of it other than by reading, ms. */
function askedAt({ events, requestedAt }: ReturnRecord): number {
  return Date.parse(events.findLast(({ how }) => !READINGS.includes(how))?.at ?? requestedAt)
}

/** What is still listed is looked for ever more rarely: after as long again as it was listed when it was last seen. */
function isDue({ requestedAt, verified, verifiedAt }: ReturnRecord, now: number): boolean {
  if (verified === null || verifiedAt === null) return true
  const asked = Date.parse(requestedAt)
  return now - asked < LISTED_MS && now - asked >= 2 * (Date.parse(verifiedAt) - asked)
}

async function lookAtAll(ctx: Context, session: Session, left: Left[]): Promise<void> {
  const work = async () => {
    for (let next = left.shift(); next && !ctx.shutdown.isStopping(); next = left.shift())
      await lookFor(ctx, session, next).catch(() => ctx.log('error', 'absent_not_settled'))
  }
  await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, work))
}

/**
 * Reads the account by itself. One that Vida does not know any more (404), and that no complete scan finds, holds no
 * number: then the scan is the proof.
 */
async function lookFor(ctx: Context, session: Session, { record, listed, read }: Left): Promise<void> {
  const { missing } = await check(ctx, session, watched(record))
  if (!missing || read) return
  if (listed) await stillListed(ctx, record)
  else await write(ctx, record, true)
}

/** By-hand or in another account than its own: some account holds it, which settles nothing, and is told once. */
async function stillListed(ctx: Context, record: ReturnRecord): Promise<void> {
  // A person marks an unknown one that was returned by hand without that.
  if (record.outcome === 'unknown' && record.accountId === null) return
  const looked = record.events.findLast(({ gone }) => gone !== null)
  if (record.outcome === 'returned' || looked?.how !== 'seen_in_scan') await write(ctx, record, false)
}

async function write(ctx: Context, record: ReturnRecord, gone: boolean): Promise<void> {
  const how = gone ? 'absent_from_scan' : 'seen_in_scan'
  await add(ctx, record.receiptId, { outcome: shownBy(watched(record), gone), how, gone })
}
