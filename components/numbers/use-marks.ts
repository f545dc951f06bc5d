'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { NumberRow } from '@/lib/inventory/rows'
import { type CanBeChosen, type Obstacle, obstacleTo } from '@/lib/inventory/selection'
import type { Marks } from '@/lib/inventory/view'
import { unsettledQuery } from '@/lib/returns/query'
import { useHydrated } from '../ui/hydration'
import type { InventoryModel } from './use-inventory'

const OBSTACLES: Record<Obstacle, string> = {
  in_two_accounts: 'Vida lists this number in two accounts. It can’t be returned until it is in one.',
  not_settled: 'An earlier return of this number is under way or not settled. History shows what became of it.',
}

/** What a row says besides its facts. */
export interface RowMarks extends Marks {
  inTwoAccounts: (row: NumberRow) => boolean
  /** The receipt of a return of this number whose outcome is not known. */
  unsettled: (row: NumberRow) => string | null
  /** Why the row can't be returned now; null when it can. */
  notReturnable: (row: NumberRow) => string | null
  /** What can't be returned now can't be chosen for a batch. */
  canBeChosen: CanBeChosen
  /** Shown as an earlier walk read it, and not to be read any more by this one. */
  notReadAgain: (row: NumberRow) => boolean
  change: (row: NumberRow) => string | null
}

/** Puts together what is odd about rows; `unknownCount` is how many returns have an unknown outcome. */
export function useMarks({ inventory, state, reading, changes }: InventoryModel): {
  marks: RowMarks
  unknownCount: number
} {
  // The list's own requests go first.
  const { data } = useQuery({ ...unsettledQuery, enabled: useHydrated() })
  const returns = data?.returns
  const { problems } = state
  const { twice, earlier } = inventory
  const marks = useMemo((): RowMarks => {
    const receipts = new Map(returns?.map((record) => [record.number, record.receiptId]))
    const accounts = new Set(problems.flatMap(({ account }) => account?.id ?? []))
    const organizations = new Set(problems.flatMap(({ organization }) => organization?.id ?? []))
    const notRead = ({ holder }: NumberRow) =>
      accounts.has(holder.id) ||
      (holder.organizationId !== null && organizations.has(holder.organizationId) && earlier.has(holder.id))
    const obstacle = (row: Pick<NumberRow, 'number'>) => obstacleTo(row, { twice }, receipts)
    return {
      inTwoAccounts: ({ number }) => twice.has(number),
      unsettled: ({ number }) => receipts.get(number) ?? null,
      notReturnable: (row) => {
        const found = obstacle(row)
        return found && OBSTACLES[found]
      },
      canBeChosen: (row) => obstacle(row) === null,
      notReadAgain: (row) => !reading && earlier.has(row.holder.id),
      hasProblem: (row) => obstacle(row) !== null || notRead(row),
      hasChanged: ({ number }) => changes.appeared.has(number) || changes.moved.has(number),
      change: ({ number }) => {
        if (changes.appeared.has(number)) return 'New'
        const from = changes.moved.get(number)
        return from ? `Moved from ${from.name}` : null
      },
    }
  }, [returns, problems, twice, earlier, reading, changes])
  return { marks, unknownCount: data?.unknownCount ?? 0 }
}
