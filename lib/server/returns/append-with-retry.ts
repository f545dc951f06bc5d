import 'server-only'
import type { Context } from '@/lib/server/context/context'
import { LedgerConflict } from '@/lib/server/ledger/errors'
import type { NewEvent } from '@/lib/server/ledger/types'

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
    await ctx.ledger.append(receiptId, event).catch((error: unknown) => recordLate(ctx, receiptId, event, error))
    return true
  } catch {
    return false
  }
}

/** The return was settled otherwise meanwhile. What Vida answered is not dropped. */
async function recordLate(ctx: Context, receiptId: string, event: NewEvent, error: unknown): Promise<void> {
  if (!(error instanceof LedgerConflict)) throw error
  const { present } = error
  if (present === null || event.how !== 'vida_answered') return
  ctx.log('error', 'answer_contradicts_record', { receipt: receiptId, outcome: event.outcome })
  await ctx.ledger.append(receiptId, { ...event, outcome: present, how: 'contradicted' })
}
