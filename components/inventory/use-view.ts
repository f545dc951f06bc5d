'use client'

import { useCallback, useMemo, useState } from 'react'
import { formatCountry } from '@/lib/client/format/format'
import { useAddress } from '@/lib/client/navigation/address'
import { rememberFound } from '@/lib/domain/inventory/found'
import type { MarksByRow } from '@/lib/domain/inventory/marks'
import { choicesOf } from '@/lib/domain/inventory/overview'
import type { Inventory } from '@/lib/domain/inventory/rows'
import { judgeOf, NO_USES, rowsIn, type Uses, verdictCounts } from '@/lib/domain/inventory/unused'
import {
  churnQueue,
  daysOfUnusedView,
  groupRows,
  isChurned,
  isFiltering,
  itemsOf,
  type ListItem,
  sortRows,
  unusedDays,
} from '@/lib/domain/inventory/view'
import { fitsAddress, NO_FILTER, viewParams } from '@/lib/domain/inventory/view-params'
import { useAccount } from './account-context'
import { useFollowing } from './use-following'
import { useLongSearch } from './use-long-search'
import { SHOWN_WORDING } from './wording'

const NONE_CLOSED: ReadonlySet<string> = new Set()
const NARROWS = [...Object.keys(NO_FILTER), 'view']

/** Rows that are shown by themselves, whatever the address says, until something else narrows the list. */
export interface Alone {
  keys: ReadonlySet<string>
  end: () => void
}

/** What is shown of the inventory, as the address says, or `alone`. During typing the rows follow with a delay. */
export function useView(inventory: Inventory, marks: MarksByRow, uses: Uses, alone: Alone | null) {
  const [address, write] = useAddress(viewParams)
  const [longSearch, keepLongSearch] = useLongSearch(useAccount().id)
  const params = useMemo(() => (address.long ? { ...address, q: longSearch } : address), [address, longSearch])
  const [closed, setClosed] = useState(NONE_CLOSED)
  const { org, country, state, only, sort, desc, group, view } = params
  const q = useFollowing(params.q)
  const churn = view === 'churn'
  const unused = view === 'unused'
  const keys = alone?.keys ?? null
  const end = alone?.end
  const setParams: typeof write = useCallback(
    (change, options) => {
      if (typeof change === 'object' && change && NARROWS.some((name) => name in change)) end?.()
      if (typeof change !== 'object' || !change || change.q === undefined) return write(change, options)
      const { q } = change
      if (q === null || fitsAddress(q)) return write({ ...change, long: null }, options)
      keepLongSearch(q)
      return write({ ...change, q: null, long: true }, options)
    },
    [write, end, keepLongSearch],
  )
  const choices = useMemo(() => choicesOf(inventory), [inventory])
  const usesToSort = sort === 'used' ? uses : NO_USES
  const sorted = useMemo(
    () => sortRows(inventory, sort, desc, formatCountry, usesToSort),
    [inventory, sort, desc, usesToSort],
  )
  const filter = useMemo(() => ({ q, org, country, state, only }), [q, org, country, state, only])
  const [find] = useState(() => rememberFound(SHOWN_WORDING))
  // The view of unused numbers has the days for itself, and counts what it leaves out.
  const toFind = useMemo(
    () => (unused ? { ...filter, only: only.filter((each) => unusedDays([each]) === null) } : filter),
    [filter, only, unused],
  )
  const usesToFind = unusedDays(toFind.only) === null ? NO_USES : uses
  const found = useMemo(() => {
    if (keys) return sorted.filter(({ key }) => keys.has(key))
    return isFiltering(toFind) ? find(sorted, toFind, marks, usesToFind) : sorted
  }, [find, sorted, toFind, marks, usesToFind, keys])
  const days = daysOfUnusedView(only)
  const judge = useMemo(() => judgeOf(uses, days, Date.now()), [uses, days])
  const unusedCount = useMemo(
    () => (uses.size > 0 ? verdictCounts(rowsIn(inventory), judge).unused : null),
    [inventory, uses, judge],
  )
  const rows = useMemo(() => {
    if (keys) return found
    if (churn) return found.filter(isChurned)
    return unused ? found.filter((row) => judge(row) === 'unused') : found
  }, [found, keys, churn, unused, judge])
  const groups = useMemo(() => {
    if (churn && !keys) return churnQueue(rows)
    return churn || group ? groupRows(rows) : null
  }, [rows, churn, group, keys])
  const items = useMemo((): readonly ListItem[] => (groups ? itemsOf(groups, closed) : rows), [groups, rows, closed])
  const toggleGroup = (id: string) => {
    const next = new Set(closed)
    if (!next.delete(id)) next.add(id)
    setClosed(next)
  }
  return {
    params,
    setParams,
    choices,
    rows,
    groups,
    items,
    churn,
    unused,
    uses,
    judge,
    /** Of the whole list; null: no use was read. */
    unusedCount,
    /** What the filters find in the view of all numbers. */
    found,
    filtering: isFiltering(filter),
    /** Changes with what is listed and in which order, not with what is read. */
    shape: JSON.stringify([filter, sort, desc, group, view, keys !== null]),
    alone: keys !== null,
    clearFilters: ({ view = false } = {}) => void setParams({ ...NO_FILTER, ...(view && { view: null }) }),
    toggleGroup,
    allClosed: groups?.every(({ id }) => closed.has(id)) ?? false,
    setAllClosed: (close: boolean) => setClosed(close && groups ? new Set(groups.map(({ id }) => id)) : NONE_CLOSED),
  }
}

export type ViewModel = ReturnType<typeof useView>
