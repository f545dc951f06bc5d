import 'server-only'
import type { Context } from '@/lib/server/context/context'
import type { NewEvent } from '@/lib/server/ledger/types'
import { addEvent } from './check'

const BEFORE_ANSWER_MS = [100, 500] as const
const BACKGROUND_MS = 10 * 60_000
const PAUSE_MS = 5_000

/** Retries in the background; if all tries fail, the lease expires and orphan recovery settles it. Never rejects. */
export async function appendWithRetry(ctx: Context, receiptId: string, event: NewEvent): Promise<void> {
  for (const wait of BEFORE_ANSWER_MS) {
    if (await written(ctx, receiptId, event)) return
    await ctx.clock.sleep(wait)
  }
  if (await written(ctx, receiptId, event)) return
  ctx.log('error', 'outcome_not_recorded_yet', { receipt: receiptId, outcome: event.outcome })
  void ctx.shutdown.tracked(retryInBackground(ctx, receiptId, event))
}

async function retryInBackground(ctx: Context, receiptId: string, event: NewEvent): Promise<void> {
  const end = ctx.clock.now() + BACKGROUND_MS
  while (ctx.clock.now() < end) {
    await ctx.clock.sleep(PAUSE_MS)
    if (await written(ctx, receiptId, event)) return
  }
  ctx.log('error', 'outcome_not_recorded', { receipt: receiptId, outcome: event.outcome })
}

async function written(ctx: Context, receiptId: string, event: NewEvent): Promise<boolean> {
  try {
    await addEvent(ctx, receiptId, event)
    return true
  } catch {
    return false
  }
}
