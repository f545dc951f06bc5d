'use client'

import type { ReactNode } from 'react'
import type { Group } from '@/lib/inventory/view'
import { formatAge, formatDay, plural } from '../ui/format'
import { useNow } from '../ui/hooks'
import { ChevronIcon } from '../ui/icons'
import { Cell } from '../ui/table'
import { type Place, PlacedRow } from './placed-row'

/** What is known of the customer's leaving: itself, or only agents of it. A date may be one to come. `now` in ms. */
function churnWords({ customer, endsAt }: Group, now: number): string {
  const over = endsAt !== null && Date.parse(endsAt) <= now
  const date = endsAt && (over ? `${formatDay(endsAt)}, ${formatAge(endsAt, now)}` : formatDay(endsAt))
  if (customer === 'cancelled') return over ? `Customer cancelled ${date}` : 'Customer cancelled'
  if (over) return `Customer ${customer}; agents cancelled since ${date}`
  const inactive = customer === 'inactive' ? 'Customer inactive' : 'Customer active; agents inactive'
  return date ? `${inactive}, cancelled from ${date}` : `${inactive}, no date given`
}

interface GroupLineProps {
  place: Place
  group: Group
  /** How many columns the table has. */
  span: number
  open: boolean
  churn: boolean
  onToggle: (id: string) => void
  /** Its checkbox; null: nothing can be chosen. */
  select: ReactNode
}

/** A customer's line above its numbers. */
export function GroupLine({ place, group, span, open, churn, onToggle, select }: GroupLineProps) {
  const now = useNow()
  return (
    <PlacedRow place={place} className="border-b border-line bg-canvas">
      <Cell aria-colspan={span} className="flex min-h-11 items-center px-2">
        {select}
        <button
          type="button"
          aria-expanded={open}
          tabIndex={place.active ? 0 : -1}
          onClick={() => onToggle(group.id)}
          className="flex min-h-9 w-full flex-wrap items-center gap-x-3 rounded-control px-2 text-left hover:bg-sunken max-sm:min-h-11"
        >
          <ChevronIcon className={`size-3.5 text-ink-3 ${open ? 'rotate-90' : ''}`} />
          <span className="font-semibold">{group.name}</span>
          <span className="text-sm text-ink-3 tabular-nums">{group.id.replace('account ', '')}</span>
          <span className="text-ink-2 tabular-nums">{plural(group.rows.length, 'number')}</span>
          {churn && <span className="text-ink-2 tabular-nums sm:ml-auto">{churnWords(group, now)}</span>}
        </button>
      </Cell>
    </PlacedRow>
  )
}
