'use client'

import { useDeferredValue, useMemo, useState } from 'react'
import type { Inventory } from '@/lib/inventory/rows'
import {
  choicesOf,
  churnQueue,
  filterRows,
  groupRows,
  isChurned,
  isFiltering,
  itemsOf,
  type ListItem,
  type Marks,
  sortRows,
} from '@/lib/inventory/view'
import { viewParams } from '@/lib/inventory/view-params'
import { useAddress } from '../ui/address'

const NONE_CLOSED: ReadonlySet<string> = new Set()

/** What is shown of the inventory, as the address says, or the rows of `alone` by themselves. Typing stays quick: the rows follow the field, not hold it up. */
export function useView(inventory: Inventory, marks: Marks, alone: ReadonlySet<string> | null = null) {
  const [params, setParams] = useAddress(viewParams)
  const [closed, setClosed] = useState(NONE_CLOSED)
  const { org, country, state, only, sort, desc, group, view } = params
  const q = useDeferredValue(params.q)
  const churn = view === 'churn'
  const choices = useMemo(() => choicesOf(inventory), [inventory])
  const sorted = useMemo(() => sortRows(inventory, sort, desc), [inventory, sort, desc])
  const filter = useMemo(() => ({ q, org, country, state, only }), [q, org, country, state, only])
  const rows = useMemo(() => {
    if (alone) return sorted.filter(({ key }) => alone.has(key))
    const kept = isFiltering(filter) ? filterRows(sorted, filter, marks) : sorted
    return churn ? kept.filter(isChurned) : kept
  }, [sorted, filter, marks, churn, alone])
  const groups = useMemo(() => (churn ? churnQueue(rows) : group ? groupRows(rows) : null), [rows, churn, group])
  const items = useMemo(
    (): ListItem[] => (groups ? itemsOf(groups, closed) : rows.map((row) => ({ kind: 'row', row }))),
    [groups, rows, closed],
  )
  const toggleGroup = (id: string) => {
    const next = new Set(closed)
    if (!next.delete(id)) next.add(id)
    setClosed(next)
  }
  return { params, setParams, choices, rows, groups, items, churn, filtering: isFiltering(filter), toggleGroup }
}

export type ViewModel = ReturnType<typeof useView>
