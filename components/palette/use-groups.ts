'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { provided } from '@/components/ui/actions'
import { useDebounced } from '@/components/ui/use-debounced'
import { inSlices } from '@/lib/client/fetch/in-slices'
import { foundReturnsQuery } from '@/lib/client/queries/history'
import type { Inventory } from '@/lib/domain/inventory/rows'
import { preparedRows } from '@/lib/domain/inventory/search'
import {
  actionsGroup,
  agentsGroup,
  batchesGroup,
  customersGroup,
  type Group,
  inOrder,
  numbersGroup,
  peopleIn,
  receiptsGroup,
  rowsIn,
} from './entries'
import { usePaletteInventory } from './use-palette-inventory'

const DELAY_MS = 250
/** Shorter ones are in nearly every receipt. */
const LEAST_ASKED = 3
const NO_ACCOUNTS: Inventory['accounts'] = []

/** Receipts and batches come last, so that their later answer moves nothing. */
function useFound(search: string): { groups: Group[]; note: string } {
  const settled = useDebounced(search, DELAY_MS, '')
  const wanted = search.length >= LEAST_ASKED
  const enabled = wanted && settled === search
  const { data, error } = useQuery({ ...foundReturnsQuery(settled), enabled })
  const groups = useMemo(
    () => (enabled && data ? [receiptsGroup(data.returns, settled), batchesGroup(data.batches)] : []),
    [enabled, data, settled],
  )
  if (!wanted || (enabled && data)) return { groups, note: '' }
  return { groups, note: enabled && error ? `History could not be searched. ${error.message}` : 'Searching History…' }
}

function noteOf(inventory: Inventory | null, search: string, found: string): string {
  if (!inventory) return 'Reading the stored list…'
  if (found || inventory.complete) return found
  if (inventory.total === 0) return 'No list was read yet; Numbers reads it.'
  return search && 'Only what was read so far is searched: there may be more numbers.'
}

/** What a search finds; without one, every action that is possible now. `ready`: the stored list is searched, too. */
export function useGroups(search: string): { groups: Group[]; note: string; ready: boolean } {
  const inventory = usePaletteInventory()
  const accounts = inventory?.accounts ?? NO_ACCOUNTS
  useEffect(() => {
    const over = new AbortController()
    inSlices(preparedRows(rowsIn({ accounts })), over.signal).catch(() => undefined)
    return () => over.abort()
  }, [accounts])
  const people = useMemo(() => peopleIn(accounts), [accounts])
  const listed = useMemo(() => {
    const actions = actionsGroup((action) => Boolean(provided(action)), search)
    if (search === '' || !inventory) return inOrder([actions])
    const numbers = numbersGroup(inventory, search)
    return inOrder([numbers, customersGroup(people.customers, search), agentsGroup(people.agents, search), actions])
  }, [inventory, people, search])
  const found = useFound(search)
  const groups = useMemo(() => [...listed, ...inOrder(found.groups)], [listed, found.groups])
  return { groups, note: noteOf(inventory, search, found.note), ready: inventory !== null }
}
