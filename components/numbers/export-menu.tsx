'use client'

import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { plural } from '@/lib/client/format/format'
import { useNumbers, useShown } from './numbers-context'
import { useNumbersExport } from './use-numbers-export'

export function ExportMenu() {
  const { model } = useNumbers()
  const view = useShown()
  const { copyShown, saveShown, saveAll, printShown } = useNumbersExport(model, view)
  const { complete } = model.state
  const shown = plural(view.rows.length, 'shown number')
  const all = `all ${plural(model.inventory.total, 'number')}`
  const entries: [key: string, label: string, act: () => unknown][] = [
    ['copy', `Copy ${shown}`, copyShown],
    ['csv', `CSV of ${shown}`, () => saveShown('csv')],
    ['xlsx', `XLSX of ${shown}`, () => saveShown('xlsx')],
    ['all csv', `CSV of ${all}`, () => saveAll('csv')],
    ['all xlsx', `XLSX of ${all}`, () => saveAll('xlsx')],
    ['print', `Print ${shown}`, printShown],
  ]
  return (
    <Popover label="Copy or export" button="Export" className="max-sm:order-last">
      {(close) => (
        <>
          {!complete && (
            // Where it can go without moving the entries: a panel keeps its top, a phone's sheet its end.
            <p className="max-w-64 px-3 py-1 text-sm text-warn sm:order-last">
              This list is incomplete. Accounts that could not be read are missing.
            </p>
          )}
          {entries.map(([key, label, act]) => (
            <Button
              key={key}
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
