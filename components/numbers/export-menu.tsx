'use client'

import { downloadNumbers } from '@/components/inventory/download-numbers'
import type { InventoryModel } from '@/components/inventory/use-inventory'
import type { ViewModel } from '@/components/inventory/use-view'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { useToast } from '@/components/ui/toast'
import { plural } from '@/lib/client/format/format'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { sortRows } from '@/lib/domain/inventory/view'

export function ExportMenu({ model, view }: { model: InventoryModel; view: ViewModel }) {
  const toast = useToast()
  const { complete } = model.state
  const download = (rows: readonly NumberRow[]) => downloadNumbers(rows, 'numbers', { incomplete: !complete })
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
            {`Copy ${plural(view.rows.length, 'shown number')}`}
          </Button>
          <Button variant="ghost" className={entry} onClick={() => download(view.rows)}>
            {`CSV of ${plural(view.rows.length, 'shown number')}`}
          </Button>
          <Button
            variant="ghost"
            className={entry}
            onClick={() => download(sortRows(model.inventory, 'organization', false))}
          >
            {`CSV of all ${plural(model.inventory.total, 'number')}`}
          </Button>
        </>
      )}
    </Popover>
  )
}
