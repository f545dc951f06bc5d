'use client'

import type { Group } from '@/lib/inventory/view'
import { formatAge, formatDay, plural } from '../ui/format'
import { useNow } from '../ui/hooks'
import { ChevronIcon } from '../ui/icons'
import { Cell, Row } from '../ui/table'
import { COLUMNS } from './columns'
import type { Place } from './number-line'

interface GroupLineProps {
  place: Place
  group: Group
  open: boolean
  churn: boolean
  onToggle: (id: string) => void
}

/** A customer's line above its numbers. */
export function GroupLine({ place, group, open, churn, onToggle }: GroupLineProps) {
  const now = useNow()
  const ended = group.endsAt !== null && Date.parse(group.endsAt) <= now ? group.endsAt : null
  return (
    <Row
      ref={place.measure}
      data-index={place.index}
      aria-rowindex={place.index + 2}
      className="absolute inset-x-0 top-0 border-b border-line bg-canvas"
      style={{ transform: `translateY(${place.top}px)` }}
    >
      <Cell aria-colspan={COLUMNS.length + 1} className="flex min-h-11 items-center px-2">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => onToggle(group.id)}
          className="flex min-h-9 w-full flex-wrap items-center gap-x-3 rounded-control px-2 text-left hover:bg-sunken max-sm:min-h-11"
        >
          <ChevronIcon className={`size-3.5 text-ink-3 ${open ? 'rotate-90' : ''}`} />
          <span className="font-semibold">{group.name}</span>
          <span className="text-ink-2 tabular-nums">{plural(group.rows.length, 'number')}</span>
          {churn && (
            <span className="text-ink-2 tabular-nums sm:ml-auto">
              {ended ? `Cancelled ${formatDay(ended)}, ${formatAge(ended, now)}` : 'Inactive; Vida gives no date'}
            </span>
          )}
        </button>
      </Cell>
    </Row>
  )
}
