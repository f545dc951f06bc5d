import 'server-only'
import type { Context } from '@/lib/server/context/context'
import { LedgerConflict } from '@/lib/server/ledger/errors'
import type { NewEvent } from '@/lib/server/ledger/types'

/** Waits between the tries that the answer to the browser waits for, ms. */
const AT_ONCE_MS = [100, 500] as const
/** How long, and how often, it is tried after that, ms. */
const LATER_MS = 10 * 60_000
const PAUSE_MS = 5_000

/**
 * Writes down what became of a return whose request is out. A ledger that is out of reach for a moment is waited for,
 * one that stays away is tried for some minutes in the background. Should it never come back, the return is left open
 * there: its lease runs out, and it is settled by reading, like any orphan. Never rejects.
 */
export async function appendWithRetry(ctx: Context, receiptId: string, event: NewEvent): Promise<void> {
  for (const wait of AT_ONCE_MS) {
    if (await written(ctx, receiptId, event)) return
    await ctx.clock.sleep(wait)
  }
  if (await written(ctx, receiptId, event)) return
  ctx.log('error', 'outcome_not_recorded_yet', { receipt: receiptId, outcome: event.outcome })
  void ctx.shutdown.tracked(later(ctx, receiptId, event))
}

async function later(ctx: Context, receiptId: string, event: NewEvent): Promise<void> {
  const end = ctx.clock.now() + LATER_MS
  while (ctx.clock.now() < end) {
    await ctx.clock.sleep(PAUSE_MS)
    if (await written(ctx, receiptId, event)) return
  }
  ctx.log('error', 'outcome_not_recorded', { receipt: receiptId, outcome: event.outcome })
}

/** True also where the ledger knows better: somebody settled the return while this was on its way. */
async function written({ ledger }: Context, receiptId: string, event: NewEvent): Promise<boolean> {
  try {
    await ledger.append(receiptId, event)
    return true
  } catch (error) {
    return error instanceof LedgerConflict
  }
}
