'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useProvidedInventory } from '@/components/ui/actions'
import { inventoryQuery, numbersQuery } from '@/lib/client/queries/inventory'
import { type Inventory, joinInventory, noRows } from '@/lib/domain/inventory/rows'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'

/** The same rows at each opening, which remember what a search made of them. */
const made = noRows()

/** The list's own, where it is on the page; elsewhere what was read or stored last. null: not known yet. */
export function usePaletteInventory(): Inventory | null {
  const { data: stored, isPending } = useQuery(inventoryQuery)
  const { data: state = EMPTY_STATE } = useQuery({ ...numbersQuery, enabled: false })
  const shown = useProvidedInventory() ?? null
  const joined = useMemo(() => (shown ? null : joinInventory(stored ?? null, state, made)), [shown, stored, state])
  // Until the stored list is there, the page may show its first rows alone.
  return isPending ? null : (shown ?? joined)
}
