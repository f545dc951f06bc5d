import type { DoneEvent, InventoryEvent } from '@/lib/domain/inventory/events'

/** The counts of `done`. */
export type Tally = Pick<DoneEvent, 'accountsFound' | 'accountsRead' | 'accountsFailed' | 'numbers'>

export function emptyTally(): Tally {
  return { accountsFound: 0, accountsRead: 0, accountsFailed: 0, numbers: 0 }
}

/** Counts one more event in. What `done` says is what was told before it, also where a scan ends early. */
export function countIn(tally: Tally, event: InventoryEvent): void {
  if (event.type === 'numbers') {
    tally.accountsRead += 1
    tally.numbers += event.numbers.length
  } else if (event.type === 'problem') {
    if (event.account) tally.accountsFailed += 1
  } else {
    tally.accountsFound = Math.max(tally.accountsFound, event.accountsFound)
  }
  tally.accountsFound = Math.max(tally.accountsFound, tally.accountsRead + tally.accountsFailed)
}

/** The counts of lines of NDJSON that were made here. */
export function tallyOf(lines: readonly Buffer[]): Tally {
  const tally = emptyTally()
  // Our own lines: each was made from an event.
  for (const line of lines) countIn(tally, JSON.parse(line.toString()) as InventoryEvent)
  return tally
}
