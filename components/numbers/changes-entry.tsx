'use client'

import { changesWording } from '@/components/inventory/wording'
import { Button } from '@/components/ui/button'
import { formatMoment, plural } from '@/lib/client/format/format'
import { toggled } from '@/lib/domain/inventory/view-params'
import { useNumbers } from './numbers-context'

const MOST_LISTED = 200

function Left() {
  const { left } = useNumbers().model.changes
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

/** What changed since the list was seen before. */
export function ChangesEntry() {
  const { model, chosen } = useNumbers()
  const { left } = model.changes
  return (
    <div className="grid gap-2">
      <p>{`Since ${model.changedSince ? formatMoment(model.changedSince) : ''}: ${changesWording(model.changes)}.`}</p>
      {left.length > 0 && <Left />}
      <div className="flex flex-wrap gap-2">
        {model.changed > left.length && (
          <Button size="small" onClick={() => chosen.setParams({ only: ['changed'] })}>
            Show changed
          </Button>
        )}
        <Button
          size="small"
          onClick={() => {
            model.dismissChanges()
            const { only } = chosen.params
            if (only.includes('changed')) void chosen.setParams({ only: toggled(only, 'changed') })
          }}
        >
          Dismiss changes
        </Button>
      </div>
    </div>
  )
}
