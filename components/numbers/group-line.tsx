'use client'

import { type ReactNode, useId, useMemo } from 'react'
import { churnWording, groupWording } from '@/components/inventory/wording'
import { CustomerName } from '@/components/ui/customer-name'
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
  const labelId = useId()
  const tabIndex = place.active ? 0 : -1
  return (
    <PlacedRow place={place} className="border-b border-line bg-canvas max-sm:border-0">
      <Cell aria-colspan={span} className="flex min-h-11 items-center px-2 max-sm:px-0 max-sm:py-1">
        {select}
        <div className="relative flex min-h-9 w-full items-center gap-x-3 rounded-control px-2 py-1 hover:bg-sunken max-sm:min-h-11">
          {/* It covers the line but for the name, which is a link and so can't be in it. */}
          <button
            type="button"
            aria-expanded={open}
            aria-labelledby={labelId}
            tabIndex={tabIndex}
            onClick={() => onToggle(group.id)}
            className="absolute inset-0 rounded-control"
          />
          <Icon name="chevron" className={`size-3.5 text-ink-3 ${open ? 'rotate-90' : ''}`} />
          <span id={labelId} className="flex grow flex-wrap items-center gap-x-3">
            <span className="z-1 font-semibold">
              <CustomerName
                quiet
                id={group.id}
                name={group.name}
                tabIndex={tabIndex}
                className="inline-flex min-h-6 items-center max-sm:-my-2.5 max-sm:min-h-11 max-sm:py-2.5"
              />
            </span>
            <span className="text-sm text-ink-3 tabular-nums">{group.id.replace('account ', '')}</span>
            <span className="text-ink-2 tabular-nums">{plural(group.rows.length, 'number')}</span>
            {!open && <span className="text-ink-2 tabular-nums">{plural(agents, 'agent')}</span>}
            {state && <span className="text-ink-2 tabular-nums @min-[58rem]:ml-auto">{state}</span>}
          </span>
        </div>
      </Cell>
    </PlacedRow>
  )
}
