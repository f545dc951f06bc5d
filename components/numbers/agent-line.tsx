'use client'

import type { ReactNode } from 'react'
import { Cell } from '@/components/ui/table'
import { plural } from '@/lib/client/format/format'
import type { Account } from '@/lib/domain/accounts/account'
import { type Place, PlacedRow } from './placed-row'

interface AgentLineProps {
  place: Place
  account: Account
  count: number
  span: number
  select: ReactNode
}

export function AgentLine({ place, account, count, span, select }: AgentLineProps) {
  return (
    <PlacedRow place={place} className="border-b border-line bg-surface max-sm:border-0 max-sm:bg-transparent">
      <Cell
        aria-colspan={span}
        className="flex min-h-9 items-center gap-x-2 px-2 text-ink-2 max-sm:min-h-11 max-sm:px-0"
      >
        {select}
        <span className="flex min-w-0 grow flex-wrap items-center gap-x-2">
          <span translate="no" className="max-w-full truncate font-medium" title={account.name}>
            {account.name}
          </span>
          <span className="text-sm text-ink-3 tabular-nums">{account.id}</span>
          <span className="text-sm whitespace-nowrap tabular-nums">{plural(count, 'number')}</span>
        </span>
      </Cell>
    </PlacedRow>
  )
}
