import 'server-only'
import type { MissingParts } from '@/lib/domain/inventory/missing'
import type { Context } from '@/lib/server/context/context'
import { turn } from '@/lib/server/process/slices'
import type { Session } from '@/lib/server/session/current'
import type { NumbersRead } from './numbers-read'
import type { ScanResult, ScanScope } from './options'
import { partKey } from './scope-key'

export interface CompleteScan {
  startedAt: number
  has: (number: string) => boolean | Promise<boolean>
  /** Whether it read that account; one that it did not find may hold numbers. */
  read: (accountId: string) => boolean
  /** Accounts whose lists came in pages without a total: that a number is not in one is no proof. Default: none. */
  unproved?: ReadonlySet<string>
  /** Not every account list was read both ways: an account that it did not find may exist. Default: all were. */
  sampled?: boolean
}

export type OnComplete = (scan: CompleteScan) => Promise<void>

export interface ScanRead {
  read: NumbersRead
  missing: MissingParts
  unproved: Set<string>
  /** Accounts that were read in part. */
  partial: Set<string>
}

/** Saves what was read. The readers have the events even if this fails, so a failure is only logged. */
export async function saveScan(
  ctx: Context,
  { identity, root }: Session,
  scope: ScanScope,
  { read, missing, unproved, partial }: ScanRead,
  { complete, sampled }: ScanResult,
  startedAt: number,
  onComplete: OnComplete,
): Promise<void> {
  const readAt = new Date(startedAt).toISOString()
  const lacks = missing.all()
  // The last list may have been long, and is parsed next.
  await turn()
  try {
    // What lies below the old root may not be the account's any more.
    if (await ctx.sessions.hasOtherRoot(identity, root)) return
    if (scope.kind === 'root') await ctx.snapshots.save(identity, readAt, read.all(), { complete, missing: lacks })
    // Null after a fallback to main numbers or a refused token: no account's list is known from those.
    else if (lacks)
      await ctx.snapshots.savePart(identity, {
        part: partKey(scope),
        startedAt: readAt,
        // A complete snapshot may know more of an account than was readable now.
        holdings: { all: () => read.all(partial), ids: () => read.ids(partial) },
        missing: lacks,
      })
    if (complete && scope.kind === 'root') {
      const ids = new Set(read.ids())
      let numbers: ReturnType<typeof read.numbers> | undefined
      const has = async (number: string) => {
        numbers ??= read.numbers()
        return (await numbers).has(number)
      }
      await onComplete({ startedAt, has, read: (accountId) => ids.has(accountId), unproved, sampled })
    }
  } catch {
    ctx.log('error', 'snapshot_not_saved')
  }
}
