'use client'

import { type ReactNode, useMemo } from 'react'
import { churnWording, groupWording } from '@/components/inventory/wording'
import { useNow } from '@/components/ui/hooks'
import { Icon } from '@/components/ui/icon'
import { Cell } from '@/components/ui/table'
import { plural } from '@/lib/client/format/format'
import type { Group } from '@/lib/domain/inventory/view'
import { type Place, PlacedRow } from './placed-row'

interface GroupLineProps {
  place: Place
  group: Group
  span: number
  open: boolean
  churn: boolean
  onToggle: (id: string) => void
  select: ReactNode
}

export function GroupLine({ place, group, span, open, churn, onToggle, select }: GroupLineProps) {
  const now = useNow()
  const agents = useMemo(() => new Set(group.rows.map(({ account }) => account.id)).size, [group])
  const state = churn ? churnWording(group, now) : open ? null : groupWording(group, now)
  return (
    <PlacedRow place={place} className="border-b border-line bg-canvas max-sm:border-0">
      <Cell aria-colspan={span} className="flex min-h-11 items-center px-2 max-sm:px-0 max-sm:py-1">
        {select}
        <button
          type="button"
          aria-expanded={open}
          tabIndex={place.active ? 0 : -1}
          onClick={() => onToggle(group.id)}
          className="flex min-h-9 w-full items-center gap-x-3 rounded-control px-2 py-1 text-left hover:bg-sunken max-sm:min-h-11"
        >
          <Icon name="chevron" className={`size-3.5 text-ink-3 ${open ? 'rotate-90' : ''}`} />
          <span className="flex grow flex-wrap items-center gap-x-3">
            <span translate="no" className="font-semibold">
              {group.name}
            </span>
            <span className="text-sm text-ink-3 tabular-nums">{group.id.replace('account ', '')}</span>
            <span className="text-ink-2 tabular-nums">{plural(group.rows.length, 'number')}</span>
            {!open && <span className="text-ink-2 tabular-nums">{plural(agents, 'agent')}</span>}
            {state && <span className="text-ink-2 tabular-nums @min-[58rem]:ml-auto">{state}</span>}
          </span>
        </button>
      </Cell>
    </PlacedRow>
  )
}
