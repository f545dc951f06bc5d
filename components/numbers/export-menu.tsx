'use client'

import { flushSync } from 'react-dom'
import { numbersFile } from '@/components/inventory/numbers-file'
import type { InventoryModel } from '@/components/inventory/use-inventory'
import type { ViewModel } from '@/components/inventory/use-view'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { useToast } from '@/components/ui/toast'
import { useExport } from '@/components/ui/use-export'
import { plural } from '@/lib/client/format/format'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { sortRows } from '@/lib/domain/inventory/view'
import { CLOSED } from '@/lib/domain/inventory/view-params'

export function ExportMenu({ model, view }: { model: InventoryModel; view: ViewModel }) {
  const toast = useToast()
  const save = useExport()
  const { complete } = model.state
  const shown = plural(view.rows.length, 'shown number')
  const all = `all ${plural(model.inventory.total, 'number')}`
  const file = (rows: readonly NumberRow[]) => numbersFile(rows, 'numbers', { incomplete: !complete })
  const shownFile = () => file(view.rows)
  const wholeFile = () => file(sortRows(model.inventory, 'organization', false))
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(view.rows.map((row) => row.number).join('\n'))
      toast(`${plural(view.rows.length, 'number')} copied.`)
    } catch {
      toast('The browser did not allow copying. Export as CSV instead.', 'failure')
    }
  }
  const printList = () => {
    // A number's page that is open would be printed in place of the list.
    flushSync(() => void view.setParams(...CLOSED))
    window.print()
  }
  const entries: [label: string, act: () => unknown][] = [
    [`Copy ${shown}`, copy],
    [`CSV of ${shown}`, () => save({ ...shownFile(), format: 'csv' })],
    [`XLSX of ${shown}`, () => save({ ...shownFile(), format: 'xlsx' })],
    [`CSV of ${all}`, () => save({ ...wholeFile(), format: 'csv' })],
    [`XLSX of ${all}`, () => save({ ...wholeFile(), format: 'xlsx' })],
    [`Print ${shown}`, printList],
  ]
  return (
    <Popover label="Copy or export" button="Export" className="max-sm:order-last">
      {(close) => (
        <>
          {!complete && (
            <p className="max-w-64 px-3 py-1 text-sm text-warn">
              This list is incomplete. Accounts that could not be read are missing.
            </p>
          )}
          {entries.map(([label, act]) => (
            <Button
              key={label}
              variant="ghost"
              className="w-full justify-start!"
              onClick={async () => {
                await act()
                close()
              }}
            >
              {label}
            </Button>
          ))}
        </>
      )}
    </Popover>
  )
}
