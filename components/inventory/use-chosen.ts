'use client'

import { useCallback, useMemo } from 'react'
import { formatCountry } from '@/lib/client/format/format'
import { useAddress } from '@/lib/client/navigation/address'
import { choicesOf } from '@/lib/domain/inventory/overview'
import type { Inventory } from '@/lib/domain/inventory/rows'
import { sortRows } from '@/lib/domain/inventory/sort'
import { judgeOf, NO_USES, rowsIn, type Uses, verdictCounts } from '@/lib/domain/inventory/unused'
import { daysOfUnusedView } from '@/lib/domain/inventory/view'
import { choiceParams, NO_FILTER } from '@/lib/domain/inventory/view-params'

const NARROWS = [...Object.keys(NO_FILTER), 'view']

/** Whether a change of the address narrows the list otherwise. */
export function narrows(change: unknown): boolean {
  return typeof change === 'object' && change !== null && NARROWS.some((name) => name in change)
}

/** Rows that are shown by themselves, whatever the address says, until something else narrows the list. */
export interface Alone {
  keys: ReadonlySet<string>
  end: () => void
}

/** The filters and the order as the address has them, and the rows to choose from: a key in the search changes neither. */
export function useChosen(inventory: Inventory, uses: Uses, alone: Alone | null) {
  const [params, write] = useAddress(choiceParams)
  const end = alone?.end
  const setParams: typeof write = useCallback(
    (change, options) => {
      if (narrows(change)) end?.()
      return write(change, options)
    },
    [write, end],
  )
  const { only, sort, desc, view } = params
  const choices = useMemo(() => choicesOf(inventory), [inventory])
  const usesToSort = sort === 'used' ? uses : NO_USES
  const sorted = useMemo(
    () => sortRows(inventory, sort, desc, formatCountry, usesToSort),
    [inventory, sort, desc, usesToSort],
  )
  const days = daysOfUnusedView(only)
  const judge = useMemo(() => judgeOf(uses, days, Date.now()), [uses, days])
  const unusedCount = useMemo(
    () => (uses.size > 0 ? verdictCounts(rowsIn(inventory), judge).unused : null),
    [inventory, uses, judge],
  )
  return {
    params,
    setParams,
    choices,
    sorted,
    churn: view === 'churn',
    unused: view === 'unused',
    uses,
    judge,
    /** Of the whole list; null: no use was read. */
    unusedCount,
    alone,
  }
}

export type ChosenModel = ReturnType<typeof useChosen>
