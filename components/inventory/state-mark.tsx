'use client'

import { formatDay } from '@/lib/client/format/format'
import type { AccountState, NumberRow } from '@/lib/domain/inventory/rows'
import { STATE_WORDING } from './wording'

const SHAPES: Record<AccountState, string> = {
  active: 'rounded-full bg-accent forced-colors:bg-[CanvasText]',
  inactive: 'rounded-full border-2 border-ink-3',
  cancelled: 'bg-ink-3 forced-colors:bg-[CanvasText]',
  unstated: 'rounded-full border border-dashed border-ink-3',
}

export function StateMark({ row: { state, endsAt, account } }: { row: NumberRow }) {
  const date = endsAt && formatDay(endsAt)
  const more = date && (state === 'cancelled' ? date : `ends ${date}`)
  return (
    <span className="flex items-baseline gap-2" title={account.canceledReason ?? undefined}>
      <span aria-hidden="true" className={`size-2 shrink-0 ${SHAPES[state]}`} />
      <span>
        <span>{STATE_WORDING[state]}</span>
        {more && (
          <>
            {' '}
            <span className="inline-block text-ink-3 tabular-nums">{more}</span>
          </>
        )}
      </span>
    </span>
  )
}
