import 'server-only'
import type { Proof, ReturnRecord } from '@/lib/domain/returns/record'
import type { Context } from '@/lib/server/context/context'
import { scopeOf } from '@/lib/server/ledger/types'
import type { CompleteScan } from '@/lib/server/scan/save-scan'
import type { Session } from '@/lib/server/session/current'
import { addEvent, check, checkTarget, outcomeAfterRead } from './check'
import { unverifiedReturns } from './reconcile'

const READS = 50
const CONCURRENT_READS = 4
const LISTED_MS = 7 * 86_400_000

const READINGS: readonly Proof[] = ['read_after', 'seen_in_scan', 'absent_from_scan']

interface Unproved {
  record: ReturnRecord
  listed: boolean
  read: boolean
}

/**
 * A complete scan settles returns that were requested before it: a number that no account holds is gone, if its own
 * account was read or none is known, unless its list is `unproved` or account lists were `sampled`. The accounts of the
 * others are read in the background, of unknown returns first.
 */
export async function settleFromScan(ctx: Context, session: Session, scan: CompleteScan): Promise<void> {
  const now = await ctx.ledger.now()
  // By the ledger's clock, like the times that it is compared with.
  const startedAt = now - (ctx.clock.now() - scan.startedAt)
  const accepted = (await unverifiedReturns(ctx, session, now)).filter((record) => isDue(record, now))
  const unproved: Unproved[] = []
  for (const record of [...(await ctx.ledger.unsettled(scopeOf(session))), ...accepted]) {
    if (lastEventAt(record) > startedAt) continue
    const { accountId } = record
    const read = accountId !== null && scan.read(accountId)
    const listed = await scan.has(record.number)
    const isWhole = accountId === null ? !scan.unproved?.size && !scan.sampled : read && !scan.unproved?.has(accountId)
    const isProof = isWhole && (accountId !== null || (await wasListed(ctx, session, record)))
    if (!listed && isProof) await write(ctx, record, true)
    else if (accountId !== null) {
      if (!read || !listed || record.outcome === 'returned') unproved.push({ record, listed, read })
    } else if (listed) await recordListed(ctx, record)
  }
  void ctx.shutdown.tracked(readAccounts(ctx, session, unproved.slice(0, READS), scan.sampled === true))
}

/** The absence of a number that no reading ever listed proves nothing. */
async function wasListed({ snapshots }: Context, { identity }: Session, record: ReturnRecord): Promise<boolean> {
  if (record.listedAt !== null || record.events.some(({ gone }) => gone === false)) return true
  // A reading after the request; this scan has taken its place as the current one.
  const { baselineAt } = await snapshots.accountsHolding(identity, record.number)
  return baselineAt !== null && baselineAt >= record.requestedAt
}

function lastEventAt({ events, requestedAt }: ReturnRecord): number {
  return Date.parse(events.findLast(({ how }) => !READINGS.includes(how))?.at ?? requestedAt)
}

/** The interval of the checks grows: the next one is due at twice the age that the last one had. */
function isDue({ requestedAt, verified, verifiedAt }: ReturnRecord, now: number): boolean {
  if (verified === null || verifiedAt === null) return true
  const requested = Date.parse(requestedAt)
  return now - requested < LISTED_MS && now - requested >= 2 * (Date.parse(verifiedAt) - requested)
}

async function readAccounts(ctx: Context, session: Session, unproved: Unproved[], sampled: boolean): Promise<void> {
  const work = async () => {
    for (let next = unproved.shift(); next && !ctx.shutdown.isStopping(); next = unproved.shift())
      await readAccountOf(ctx, session, next, sampled).catch(() => ctx.log('error', 'scan_not_settled'))
  }
  await Promise.all(Array.from({ length: CONCURRENT_READS }, work))
}

/** An account that Vida answers with 404, and that a complete scan of all lists does not find, holds no number. */
async function readAccountOf(
  ctx: Context,
  session: Session,
  { record, listed, read }: Unproved,
  sampled: boolean,
): Promise<void> {
  const { missing } = await check(ctx, session, checkTarget(record))
  if (!missing || read) return
  if (listed) await recordListed(ctx, record)
  else if (!sampled) await write(ctx, record, true)
}

/** The number is in another account, or its account is not known: that settles nothing and is recorded once. */
async function recordListed(ctx: Context, record: ReturnRecord): Promise<void> {
  // *Mark not returned* does not need this event for a return by hand.
  if (record.outcome === 'unknown' && record.accountId === null) return
  const lastRead = record.events.findLast(({ gone }) => gone !== null)
  if (record.outcome === 'returned' || lastRead?.how !== 'seen_in_scan') await write(ctx, record, false)
}

async function write(ctx: Context, record: ReturnRecord, gone: boolean): Promise<void> {
  const how = gone ? 'absent_from_scan' : 'seen_in_scan'
  await addEvent(ctx, record.receiptId, { outcome: outcomeAfterRead(checkTarget(record), gone), how, gone })
}
