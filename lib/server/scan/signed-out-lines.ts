import 'server-only'
import type { InventoryEvent } from '@/lib/domain/inventory/events'
import { problemEvent } from './problem-event'
import { emptyTally } from './tally'

/** The last lines for a reader whose session has ended; counts would tell it about what it may not see any more. */
export function signedOutLines(): string {
  const done: InventoryEvent = { type: 'done', complete: false, ...emptyTally(), readAt: new Date().toISOString() }
  return [problemEvent('signed_out'), done].map((event) => `${JSON.stringify(event)}\n`).join('')
}
