'use client'

import { flushSync } from 'react-dom'
import { numbersFile } from '@/components/inventory/numbers-file'
import type { InventoryModel } from '@/components/inventory/use-inventory'
import type { ViewModel } from '@/components/inventory/use-view'
import { useToast } from '@/components/ui/toast'
import { type Exported, useExport } from '@/components/ui/use-export'
import { plural } from '@/lib/client/format/format'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { sortRows } from '@/lib/domain/inventory/sort'
import { CLOSED } from '@/lib/domain/inventory/view-params'

/** Copies or saves what the list shows, or all of it. */
export function useNumbersExport(model: InventoryModel, view: ViewModel) {
  const toast = useToast()
  const save = useExport()
  const file = (rows: readonly NumberRow[]): Exported =>
    numbersFile(rows, 'numbers', { uses: view.uses, incomplete: !model.state.complete })
  return {
    copyShown: async () => {
      try {
        await navigator.clipboard.writeText(view.rows.map((row) => row.number).join('\n'))
        toast(`${plural(view.rows.length, 'number')} copied.`)
      } catch {
        toast('The browser did not allow copying. Export as CSV instead.', 'failure')
      }
    },
    saveShown: (format: 'csv' | 'xlsx') => save({ ...file(view.rows), format }),
    saveAll: (format: 'csv' | 'xlsx') => save({ ...file(sortRows(model.inventory, 'organization', false)), format }),
    printShown: () => {
      // A number's page that is open would be printed in place of the list.
      flushSync(() => void view.setParams(...CLOSED))
      window.print()
    },
  }
}
