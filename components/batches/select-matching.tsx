'use client'

import type { InventoryModel } from '../numbers/use-inventory'
import type { RowMarks } from '../numbers/use-marks'
import type { ViewModel } from '../numbers/use-view'
import { Button } from '../ui/button'
import { formatCount } from '../ui/format'
import type { SelectionModel } from './use-selection'

/** Chooses exactly the rows that are listed at this moment, or takes them out again; while the list is incomplete the button says so. */
export function SelectMatching({
  model,
  view,
  marks,
  selection,
}: {
  model: InventoryModel
  view: ViewModel
  marks: RowMarks
  selection: SelectionModel
}) {
  const rows = view.rows.filter(marks.canBeChosen)
  if (rows.length === 0) return null
  const many = formatCount(rows.length)
  const chosen = selection.all(rows)
  const which = model.state.complete ? `all ${many} that match` : `${many} from what is read so far`
  return (
    <Button look="ghost" onClick={() => selection.set(rows, !chosen)}>
      {chosen ? `Unselect ${which}` : `Select ${which}`}
    </Button>
  )
}
