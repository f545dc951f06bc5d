'use client'

import { useEffect, useRef } from 'react'
import { useToast } from '@/components/ui/toast'
import { formatCount, plural } from '@/lib/client/format/format'
import type { Inventory } from '@/lib/domain/inventory/rows'
import { type CanBeChosen, type Selection, selectedRows } from '@/lib/domain/inventory/selection'

/** Says once how much of the selection with which the page was opened is listed. `quiet`: only if something is missing. */
export function useArrival(
  { keys, quiet }: { keys: Selection; quiet: boolean },
  inventory: Inventory,
  canBeChosen: CanBeChosen,
) {
  const toast = useToast()
  const arrived = useRef(keys.size === 0)
  useEffect(() => {
    if (arrived.current) return
    const found = selectedRows(inventory, keys, canBeChosen).length
    const missing = keys.size - found
    if (missing > 0 && !inventory.complete) return
    arrived.current = true
    const why = missing === 1 ? 'the other is' : 'the others are'
    if (missing > 0)
      toast(
        `${formatCount(found)} of ${formatCount(keys.size)} selected; ${why} not in the list or can’t be returned now.`,
        'caution',
      )
    else if (!quiet) toast(`${plural(found, 'number')} selected.`)
  }, [toast, keys, quiet, inventory, canBeChosen])
}
