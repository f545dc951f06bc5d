'use client'

import type { ReactNode } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { CopyButton } from '@/components/ui/copy-button'
import { Cell } from '@/components/ui/table'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import type { RowActions } from './numbers-context'

interface NumberCellProps {
  row: NumberRow
  tabIndex: number
  selected: boolean
  /** Why it can't be chosen; null when it can. */
  locked: string | null
  actions: RowActions
  badges: ReactNode
}

export function NumberCell({ row, tabIndex, selected, locked, actions, badges }: NumberCellProps) {
  const { canReturn } = useAccount()
  const { number, national } = row
  return (
    <Cell className="min-w-0">
      <div className="flex items-center gap-1 max-sm:gap-0">
        {canReturn && (
          <label
            title={locked ?? undefined}
            className="-ml-2 grid size-8 shrink-0 place-items-center sm:-my-1.5 max-sm:-ml-3 max-sm:size-11 @max-[16rem]:size-8"
          >
            <input
              type="checkbox"
              aria-label={`Select ${number}`}
              tabIndex={tabIndex}
              disabled={locked !== null}
              checked={selected}
              onChange={(event) => {
                const { nativeEvent } = event
                actions.select(row, event.target.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
              }}
              className="size-4 accent-accent"
            />
          </label>
        )}
        <div className="min-w-0">
          <div className="flex items-center gap-1 max-sm:gap-0">
            <button
              type="button"
              translate="no"
              tabIndex={tabIndex}
              aria-haspopup="dialog"
              onClick={() => actions.open(row)}
              className="rounded-control font-medium tabular-nums decoration-line decoration-2 underline-offset-4 hover:underline max-sm:min-h-11 max-sm:font-semibold"
            >
              {number}
            </button>
            <CopyButton
              variant="ghost"
              size="small"
              aria-label={`Copy ${number}`}
              tabIndex={tabIndex}
              className="size-6! min-h-0! px-0! opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100 max-sm:hidden sm:@max-[30rem]:hidden pointer-coarse:opacity-100"
              text={() => number}
              said={`${number} copied.`}
            />
            {badges}
          </div>
          {national && (
            <div translate="no" className="truncate text-xs text-ink-3 tabular-nums max-sm:hidden">
              {national}
            </div>
          )}
        </div>
      </div>
    </Cell>
  )
}
