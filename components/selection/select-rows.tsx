'use client'

import type { NumberRow } from '@/lib/domain/inventory/rows'
import type { SelectionModel } from './use-selection'

interface SelectRowsProps {
  rows: readonly NumberRow[]
  /** Whose rows, with the id: names may repeat. */
  name: string
  complete: boolean
  selection: SelectionModel
  tabbable: boolean
}

export function SelectRows({ rows, name, complete, selection, tabbable }: SelectRowsProps) {
  const all = selection.all(rows)
  const some = !all && rows.some(({ key }) => selection.keys.has(key))
  return (
    <label className="grid size-8 shrink-0 place-items-center max-sm:size-11">
      <input
        ref={(box) => {
          if (box) box.indeterminate = some
        }}
        type="checkbox"
        aria-label={complete ? `Select all of ${name}` : `Select what is read of ${name}`}
        tabIndex={tabbable ? 0 : -1}
        checked={all}
        onChange={() => selection.set(rows, !all)}
        className="size-4 accent-accent"
      />
    </label>
  )
}
