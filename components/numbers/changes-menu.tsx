'use client'

import type { InventoryModel } from '@/components/inventory/use-inventory'
import type { ViewModel } from '@/components/inventory/use-view'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { formatMoment, plural } from '@/lib/client/format/format'
import { toggled } from '@/lib/domain/inventory/view-params'

const MOST_LISTED = 200

function Left({ left }: { left: InventoryModel['changes']['left'] }) {
  return (
    <details>
      <summary className="w-fit rounded-control font-medium max-sm:py-3">Which left</summary>
      <ul className="mt-1 grid max-h-60 gap-1 overflow-y-auto text-sm">
        {left.slice(0, MOST_LISTED).map(({ held, from }) => (
          <li key={`${from.id} ${held.number}`}>
            <span>{`${held.number}, was with `}</span>
            <bdi translate="no">{from.name}</bdi>
            {from.organizationName && (
              <>
                <span>{' ('}</span>
                <bdi translate="no">{from.organizationName}</bdi>
                <span>)</span>
              </>
            )}
          </li>
        ))}
        {left.length > MOST_LISTED && <li>{`and ${plural(left.length - MOST_LISTED, 'more', 'more')}`}</li>}
      </ul>
    </details>
  )
}

export function ChangesMenu({ model, view }: { model: InventoryModel; view: ViewModel }) {
  const { appeared, moved, left } = model.changes
  const parts = [
    appeared.size > 0 && `${plural(appeared.size, 'number')} appeared`,
    moved.size > 0 && `${plural(moved.size, 'number')} moved`,
    left.length > 0 && `${plural(left.length, 'number')} left`,
  ].filter(Boolean)
  const text = plural(model.changed, 'change')
  return (
    <Popover
      label={`${text} since it was seen before`}
      variant="ghost"
      button={text}
      className="sm:min-h-6! text-accent!"
    >
      {(close) => (
        <div className="grid gap-3 p-2">
          <p>{`Since ${model.changedSince ? formatMoment(model.changedSince) : ''}: ${parts.join(', ')}.`}</p>
          {left.length > 0 && <Left left={left} />}
          <div className="flex flex-wrap gap-2">
            {appeared.size + moved.size > 0 && (
              <Button
                onClick={() => {
                  void view.setParams({ only: ['changed'] })
                  close()
                }}
              >
                Show changed
              </Button>
            )}
            <Button
              onClick={() => {
                close()
                model.dismissChanges()
                const { only } = view.params
                if (only.includes('changed')) void view.setParams({ only: toggled(only, 'changed') })
              }}
            >
              Dismiss changes
            </Button>
          </div>
        </div>
      )}
    </Popover>
  )
}
