import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import type { DoneEvent, InventoryEvent, NumbersEvent, ProblemEvent } from '@/lib/domain/inventory/events'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { begin, type InventoryState, take } from '@/lib/domain/inventory/state'

export const numbers = (id: string, ...list: string[]): NumbersEvent => ({ type: 'numbers', ...holding(id, ...list) })

export const done = (found: number, read: number, failed: number, complete = failed === 0): DoneEvent => ({
  type: 'done',
  complete,
  accountsFound: found,
  accountsRead: read,
  accountsFailed: failed,
  numbers: 0,
  readAt: '2026-11-24T10:00:00.000Z',
})

export const problem = (id: string, code = 'read_failed'): ProblemEvent => ({
  type: 'problem',
  code,
  detail: 'Vida failed.',
  account: { id, name: `Agent ${id}` },
})

export const scan = (state: InventoryState, ...events: InventoryEvent[]) => take(begin(state), events)

export const shown = (state: InventoryState) =>
  joinInventory(null, state)
    .accounts.flatMap(({ rows }) => rows.map((row) => row.number))
    .sort()
