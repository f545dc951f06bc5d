'use client'

import { useCallback, useMemo, useState } from 'react'
import { useAddress } from '@/lib/client/navigation/address'
import { rememberFound } from '@/lib/domain/inventory/found'
import type { MarksByRow } from '@/lib/domain/inventory/marks'
import { NO_USES } from '@/lib/domain/inventory/unused'
import {
  churnQueue,
  groupRows,
  isChurned,
  isFiltering,
  itemsOf,
  type ListItem,
  unusedDays,
} from '@/lib/domain/inventory/view'
import { fitsAddress, NO_FILTER, viewParams } from '@/lib/domain/inventory/view-params'
import { useAccount } from './account-context'
import { type ChosenModel, narrows } from './use-chosen'
import { useLongSearch } from './use-long-search'
import { SHOWN_WORDING } from './wording'

const NONE_CLOSED: ReadonlySet<string> = new Set()

/** What is shown of the inventory: what was chosen, and of that what is searched for, or what is shown alone. */
export function useView(chosen: ChosenModel, marks: MarksByRow) {
  const { sorted, churn, unused, uses, judge } = chosen
  const [address, write] = useAddress(viewParams)
  const [longSearch, keepLongSearch] = useLongSearch(useAccount().id)
  const { long } = address
  const params = useMemo(() => (long ? { ...address, q: longSearch } : address), [address, long, longSearch])
  const [closed, setClosed] = useState(NONE_CLOSED)
  const { q, org, country, state, only, sort, desc, group, view } = params
  const keys = chosen.alone?.keys ?? null
  const end = chosen.alone?.end
  const setParams: typeof write = useCallback(
    (change, options) => {
      if (narrows(change)) end?.()
      if (typeof change !== 'object' || !change || change.q === undefined) return write(change, options)
      const { q } = change
      // Written with each key, it would have the address written and the page drawn once more.
      if (q === null || fitsAddress(q)) return write(long ? { ...change, long: null } : change, options)
      keepLongSearch(q)
      return write({ ...change, q: null, long: true }, options)
    },
    [write, end, long, keepLongSearch],
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
    ...chosen,
    params,
    setParams,
    rows,
    groups,
    items,
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
