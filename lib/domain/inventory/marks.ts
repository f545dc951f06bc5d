import type { Protection } from '@/lib/domain/protections/protection'
import type { LockedNumber, RecordedRead, RefusedReturn } from '@/lib/domain/returns/marks'
import type { Changes } from './changes'
import type { ProtectedNumbers } from './protected'
import { type Inventory, isChurnedState, type NumberRow } from './rows'
import { type Obstacle, obstacleTo } from './selection'
import { type InventoryState, rowKey } from './state'

export interface RowMarks {
  obstacle: Obstacle | null
  protection: Protection | null
  /** How many numbers the batch has in which this one waits; 0: it waits in none. */
  batchSize: number
  earlierReturn: 'under_way' | 'not_settled' | 'still_listed' | null
  /** Vida refused its last return from this account, which no one has dismissed here. */
  refused: RefusedReturn | null
  /** Shown as an earlier scan read it: the latest scan could not read its account. */
  notReadAgain: boolean
  hasProblem: boolean
  /** Since the changes were last dismissed. */
  change: string | null
  /** Another organization has the same name, so the id must be shown. */
  hasNamesake: boolean
}

export const UNMARKED: RowMarks = {
  obstacle: null,
  protection: null,
  batchSize: 0,
  earlierReturn: null,
  refused: null,
  notReadAgain: false,
  hasProblem: false,
  change: null,
  hasNamesake: false,
}

/** By the row's key; rows without marks are not in it. */
export type MarksByRow = ReadonlyMap<string, RowMarks>

interface Sources extends Pick<InventoryState, 'problems' | 'accountsRead'> {
  inventory: Inventory
  reading: boolean
  changes: Changes
  locked: ReadonlyMap<string, LockedNumber['outcome']>
  reads: readonly RecordedRead[]
  refused: readonly RefusedReturn[]
  /** Numbers (E.164) that wait in a batch, with the size of that batch. */
  inBatch: ReadonlyMap<string, number>
  protectedBy: ProtectedNumbers
}

function changeOf({ number, account, state }: NumberRow, { appeared, moved, cancelled }: Changes): string | null {
  const from = moved.get(number)
  if (appeared.has(number)) return 'New'
  if (from) return `Moved from ${from.name}`
  // A reading under way may know better by now.
  if (!cancelled.has(account.id) || !isChurnedState(state)) return null
  return state === 'cancelled' ? 'Newly cancelled' : 'Newly inactive'
}

export function marksOf(sources: Sources): MarksByRow {
  const { inventory, problems, accountsRead, reading, changes, locked, reads, refused, inBatch, protectedBy } = sources
  const { accounts, twice, earlier, namesakes } = inventory
  const lastReads = new Map(reads.map((read) => [rowKey(read.accountId, read.number), read]))
  const stillListed = ({ key }: NumberRow) => {
    const read = lastReads.get(key)
    return read?.outcome === 'returned' && !read.gone
  }
  const earlierReturn = (row: NumberRow): RowMarks['earlierReturn'] => {
    const outcome = locked.get(row.number)
    if (outcome) return outcome === 'open' ? 'under_way' : 'not_settled'
    return stillListed(row) ? 'still_listed' : null
  }
  const refusedNumbers = new Map(refused.map((each) => [each.number, each]))
  const refusalOf = ({ number, account }: NumberRow) => {
    const found = locked.has(number) ? undefined : refusedNumbers.get(number)
    // A number that was moved has its row elsewhere by now.
    return found && (found.accountId === null || found.accountId === account.id) ? found : null
  }
  const failedAccounts = new Set(problems.flatMap(({ account }) => account?.id ?? []))
  const failedOrganizations = new Set(problems.flatMap(({ organization }) => organization?.id ?? []))
  // Most rows have no mark, and a list may have 50,000.
  const marked = new Set([
    ...[
      ...twice,
      ...locked.keys(),
      ...inBatch.keys(),
      ...protectedBy.keys(),
      ...changes.appeared,
      ...changes.moved.keys(),
    ],
    ...reads.map(({ number }) => number),
    ...refusedNumbers.keys(),
  ])
  const marks = new Map<string, RowMarks>()
  for (const { account, rows } of accounts) {
    const { id, organizationId } = account
    const failed =
      failedAccounts.has(id) || (organizationId !== null && failedOrganizations.has(organizationId) && earlier.has(id))
    const notReadAgain = !reading && accountsRead > 0 && earlier.has(id)
    const isCancelled = changes.cancelled.has(id)
    const hasNamesake = organizationId !== null && namesakes.has(organizationId)
    if (marked.size === 0 && !failed && !notReadAgain && !hasNamesake && !isCancelled) continue
    for (const row of rows) {
      if (!failed && !notReadAgain && !hasNamesake && !isCancelled && !marked.has(row.number)) continue
      const obstacle = obstacleTo(row, inventory, locked, inBatch, protectedBy)
      const refusal = refusalOf(row)
      marks.set(row.key, {
        obstacle,
        protection: protectedBy.get(row.number) ?? null,
        batchSize: locked.has(row.number) ? 0 : (inBatch.get(row.number) ?? 0),
        earlierReturn: earlierReturn(row),
        refused: refusal,
        notReadAgain,
        hasProblem:
          obstacle === 'in_two_accounts' ||
          obstacle === 'not_settled' ||
          stillListed(row) ||
          failed ||
          refusal !== null,
        change: changeOf(row, changes),
        hasNamesake,
      })
    }
  }
  return marks
}
