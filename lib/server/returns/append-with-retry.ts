import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { LedgerConflict } from '@/lib/server/ledger/errors'
import type { NewEvent } from '@/lib/server/ledger/types'
import { log } from '@/lib/server/process/log'
import { tracked } from '@/lib/server/process/shutdown'
import { ledger } from './current-ledger'

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
export async function appendWithRetry(receiptId: string, event: NewEvent): Promise<void> {
  for (const wait of AT_ONCE_MS) {
    if (await written(receiptId, event)) return
    await delay(wait)
  }
  if (await written(receiptId, event)) return
  log('error', 'outcome_not_recorded_yet', { receipt: receiptId, outcome: event.outcome })
  void tracked(later(receiptId, event))
}

async function later(receiptId: string, event: NewEvent): Promise<void> {
  const end = Date.now() + LATER_MS
  while (Date.now() < end) {
    await delay(PAUSE_MS)
    if (await written(receiptId, event)) return
  }
  log('error', 'outcome_not_recorded', { receipt: receiptId, outcome: event.outcome })
}

/** True also where the ledger knows better: somebody settled the return while this was on its way. */
async function written(receiptId: string, event: NewEvent): Promise<boolean> {
  try {
    await (await ledger()).append(receiptId, event)
    return true
  } catch (error) {
    return error instanceof LedgerConflict
  }
}
