'use client'

import { useDeferredValue, useMemo } from 'react'
import type { InventoryModel } from '@/components/inventory/use-inventory'
import type { Marks } from '@/components/inventory/use-marks'
import type { ViewModel } from '@/components/inventory/use-view'
import { Button } from '@/components/ui/button'
import { formatCount } from '@/lib/client/format/format'
import type { SelectionModel } from './use-selection'

/** Chooses exactly the rows that are listed now, or takes them out again; says so while the list is incomplete. */
export function SelectMatching({
  model,
  view,
  marks,
  selection,
}: {
  model: InventoryModel
  view: ViewModel
  marks: Marks
  selection: SelectionModel
}) {
  // The list is drawn first: of 50,000 rows, each is looked at here.
  const listed = useDeferredValue(view.rows)
  const { canBeChosen } = marks
  const { keys } = selection
  const rows = useMemo(() => listed.filter(canBeChosen), [listed, canBeChosen])
  const chosen = useMemo(() => rows.every(({ key }) => keys.has(key)), [rows, keys])
  if (rows.length === 0) return null
  const many = formatCount(rows.length)
  const narrowed = !selection.alone && (view.filtering || view.params.view !== null)
  const one = narrowed ? 'the 1 that matches' : 'the 1 number'
  const all = rows.length === 1 ? one : `all ${many}${narrowed ? ' that match' : ''}`
  const which = model.state.complete ? all : `the ${many} ${model.reading ? 'read so far' : 'shown'}`
  return (
    <Button variant="ghost" onClick={() => selection.set(rows, !chosen)} className="max-sm:px-2!">
      {chosen ? `Unselect ${which}` : `Select ${which}`}
    </Button>
  )
}
