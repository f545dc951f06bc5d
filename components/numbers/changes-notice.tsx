'use client'

import { Button } from '../ui/button'
import { formatMoment, plural } from '../ui/format'
import { Notice } from '../ui/notice'
import type { InventoryModel } from './use-inventory'
import type { ViewModel } from './use-view'

const MOST_LISTED = 200

/** What is different from the list as it was seen before; marked until dismissed. */
export function ChangesNotice({ model, view }: { model: InventoryModel; view: ViewModel }) {
  const { appeared, moved, left } = model.changes
  const parts = [
    appeared.size > 0 && `${plural(appeared.size, 'number')} appeared`,
    moved.size > 0 && `${plural(moved.size, 'number')} moved`,
    left.length > 0 && `${plural(left.length, 'number')} left`,
  ].filter(Boolean)
  const marked = appeared.size + moved.size > 0
  return (
    <Notice
      action={
        <div className="flex flex-wrap gap-2">
          {marked && view.params.only !== 'changed' && (
            <Button onClick={() => view.setParams({ only: 'changed' })}>Show changed</Button>
          )}
          <Button
            onClick={() => {
              model.dismissChanges()
              if (view.params.only === 'changed') void view.setParams({ only: null })
            }}
          >
            Dismiss changes
          </Button>
        </div>
      }
    >
      <p>
        Since {model.changedSince && formatMoment(model.changedSince)}: {parts.join(', ')}.
      </p>
      {left.length > 0 && (
        <details className="mt-1">
          <summary className="w-fit font-medium max-sm:py-3">Which left</summary>
          <ul className="mt-1 grid max-h-60 gap-1 overflow-y-auto text-sm tabular-nums">
            {left.slice(0, MOST_LISTED).map(({ held, from }) => (
              <li key={`${from.id} ${held.number}`}>
                {held.number}, was with {from.name}
                {from.organizationName && ` (${from.organizationName})`}
              </li>
            ))}
            {left.length > MOST_LISTED && <li>and {plural(left.length - MOST_LISTED, 'more', 'more')}</li>}
          </ul>
        </details>
      )}
    </Notice>
  )
}
