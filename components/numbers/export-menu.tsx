'use client'

import type { InventoryModel } from '@/components/inventory/use-inventory'
import type { ViewModel } from '@/components/inventory/use-view'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { useToast } from '@/components/ui/toast'
import { plural } from '@/lib/client/format/format'
import { numbersCsv } from '@/lib/domain/inventory/csv'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { sortRows } from '@/lib/domain/inventory/view'

function download(rows: readonly NumberRow[], name: string): void {
  const url = URL.createObjectURL(new Blob([numbersCsv(rows)], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** An incomplete list is called so, here and in the file's name. */
export function ExportMenu({ model, view }: { model: InventoryModel; view: ViewModel }) {
  const toast = useToast()
  const { complete } = model.state
  const name = `numbers-${new Date().toISOString().slice(0, 10)}${complete ? '' : '-incomplete'}.csv`
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(view.rows.map((row) => row.number).join('\n'))
      toast(`${plural(view.rows.length, 'number')} copied.`)
    } catch {
      toast('The browser did not allow copying. Export as CSV instead.', 'failure')
    }
  }
  const entry = 'w-full justify-start!'
  return (
    <Popover label="Copy or export" button="Export" className="max-sm:order-last">
      {(close) => (
        <>
          {!complete && (
            <p className="max-w-64 px-3 py-1 text-sm text-warn">
              This list is incomplete. Accounts that could not be read are missing.
            </p>
          )}
          <Button variant="ghost" className={entry} onClick={() => void copy().then(close)}>
            Copy {plural(view.rows.length, 'shown number')}
          </Button>
          <Button variant="ghost" className={entry} onClick={() => download(view.rows, name)}>
            CSV of {plural(view.rows.length, 'shown number')}
          </Button>
          <Button
            variant="ghost"
            className={entry}
            onClick={() => download(sortRows(model.inventory, 'organization', false), name)}
          >
            CSV of all {plural(model.inventory.total, 'number')}
          </Button>
        </>
      )}
    </Popover>
  )
}
