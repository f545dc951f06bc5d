'use client'

import { useMemo } from 'react'
import { formatCount, formatDay, plural } from '@/lib/client/format/format'
import { cameToQueue } from '@/lib/domain/inventory/overview'
import { NO_FILTER } from '@/lib/domain/inventory/view-params'
import { useNumbers, useShown } from './numbers-context'

/** How many numbers came to the churn queue since the changes were last dismissed, and the way to them. */
export function QueueChange() {
  const { model } = useNumbers()
  const view = useShown()
  const { inventory, changes, changedSince } = model
  const came = useMemo(() => cameToQueue(inventory, changes), [inventory, changes])
  if (came === 0 || changedSince === null) return null
  const since = formatDay(changedSince)
  return (
    <button
      type="button"
      onClick={() => void view.setParams({ ...NO_FILTER, view: 'churn', only: ['changed'] })}
      className="min-h-6 rounded-control px-2 text-sm font-medium text-accent tabular-nums underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:min-h-11"
    >
      <span className="sr-only">{`${plural(came, 'number')} came to the churn queue since ${since}, show`}</span>
      <span aria-hidden="true">
        <span>{`${formatCount(came)} new`}</span>
        <span className="max-sm:hidden">{` since ${since}`}</span>
      </span>
    </button>
  )
}
