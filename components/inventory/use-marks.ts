'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useHydrated } from '@/components/ui/hydration'
import { plural } from '@/lib/client/format/format'
import { marksQuery } from '@/lib/client/queries/marks'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { type CanBeChosen, type Obstacle, obstacleTo } from '@/lib/domain/inventory/selection'
import { rowKey } from '@/lib/domain/inventory/state'
import type { Marks } from '@/lib/domain/inventory/view'
import type { ReturnMarks } from '@/lib/domain/returns/marks'
import { useInBatches } from './use-in-batches'
import type { InventoryModel } from './use-inventory'

/** `inBatch`: how many numbers the batch holds that has it. */
const OBSTACLES: Record<Obstacle, (inBatch: number) => string> = {
  in_two_accounts: () => 'Vida lists this number in two accounts. It can’t be returned until it is in one.',
  not_settled: () => 'An earlier return of this number is under way or not settled. History shows what became of it.',
  in_batch: (inBatch) =>
    `This number waits for its turn in the batch of ${plural(inBatch, 'number')} above the list. To return it by itself, stop that batch first.`,
}

/** Until the first answer, and after one without news, nothing is drawn anew. */
const NO_MARKS: ReturnMarks = { locked: [], reads: [], readAt: '' }
/** The answer's time changes with each; these two stay the very same while nothing happens. */
const withoutTime = ({ locked, reads }: ReturnMarks) => ({ locked, reads })

/** What a row says besides its facts. */
export interface RowMarks extends Marks {
  inTwoAccounts: (row: NumberRow) => boolean
  /** What an earlier return of this number keeps it in; null if there is none. */
  earlierReturn: (row: NumberRow) => 'under_way' | 'not_settled' | 'still_listed' | null
  /** Its turn in a batch is still to come. */
  inBatch: (row: NumberRow) => boolean
  /** What keeps a number from being returned now; null when nothing does. */
  obstacle: (row: Pick<NumberRow, 'number'>) => Obstacle | null
  /** Why the row can't be returned now; null when it can. */
  notReturnable: (row: Pick<NumberRow, 'number'>) => string | null
  /** What can't be returned now can't be chosen for a batch. */
  canBeChosen: CanBeChosen
  /** Shown as an earlier scan read it, and not to be read any more by this one, which has read others. */
  notReadAgain: (row: NumberRow) => boolean
  change: (row: NumberRow) => string | null
  /** Another organization has the same name, so the id must tell them apart. */
  hasNamesake: (row: NumberRow) => boolean
}

/**
 * Puts together what is odd about rows. `started`: ids of the batches that were begun on this page; null: this token may not
 * return. `unknownCount` is how many returns have an unknown outcome.
 */
export function useMarks(
  { inventory, state, begun, reading, changes }: InventoryModel,
  started: readonly string[] | null,
): {
  marks: RowMarks
  unknownCount: number
} {
  // The list's own requests go first.
  const hydrated = useHydrated()
  const { data } = useQuery({
    ...marksQuery,
    select: withoutTime,
    placeholderData: NO_MARKS,
    enabled: hydrated && begun,
  })
  const batches = useInBatches(started ?? [], hydrated && started !== null)
  const lockedNumbers = data?.locked
  const lastReads = data?.reads
  const { problems } = state
  const anyRead = state.accountsRead > 0
  const { twice, earlier, namesakes } = inventory
  const marks = useMemo((): RowMarks => {
    const locked = new Map(lockedNumbers?.map(({ number, outcome }) => [number, outcome]))
    const reads = new Map(lastReads?.map((read) => [rowKey(read.accountId, read.number), read]))
    const stillListed = ({ key }: NumberRow) => {
      const read = reads.get(key)
      return read?.outcome === 'returned' && !read.gone
    }
    const accounts = new Set(problems.flatMap(({ account }) => account?.id ?? []))
    const organizations = new Set(problems.flatMap(({ organization }) => organization?.id ?? []))
    const notRead = ({ account }: NumberRow) =>
      accounts.has(account.id) ||
      (account.organizationId !== null && organizations.has(account.organizationId) && earlier.has(account.id))
    const obstacle = (row: Pick<NumberRow, 'number'>) => obstacleTo(row, { twice }, locked, batches)
    return {
      inTwoAccounts: ({ number }) => twice.has(number),
      earlierReturn: (row) => {
        const outcome = locked.get(row.number)
        if (outcome) return outcome === 'open' ? 'under_way' : 'not_settled'
        return stillListed(row) ? 'still_listed' : null
      },
      notReturnable: (row) => {
        const found = obstacle(row)
        return found && OBSTACLES[found](batches.get(row.number) ?? 0)
      },
      inBatch: ({ number }) => batches.has(number) && !locked.has(number),
      obstacle,
      canBeChosen: (row) => obstacle(row) === null,
      notReadAgain: (row) => !reading && anyRead && earlier.has(row.account.id),
      // Waiting for its turn is nothing odd.
      hasProblem: (row) => {
        const found = obstacle(row)
        return (found !== null && found !== 'in_batch') || stillListed(row) || notRead(row)
      },
      hasChanged: ({ number }) => changes.appeared.has(number) || changes.moved.has(number),
      change: ({ number }) => {
        if (changes.appeared.has(number)) return 'New'
        const from = changes.moved.get(number)
        return from ? `Moved from ${from.name}` : null
      },
      hasNamesake: ({ account }) => account.organizationId !== null && namesakes.has(account.organizationId),
    }
  }, [lockedNumbers, lastReads, batches, problems, twice, earlier, namesakes, anyRead, reading, changes])
  return { marks, unknownCount: lockedNumbers?.filter(({ outcome }) => outcome === 'unknown').length ?? 0 }
}
