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

/** When the customer was or will be cancelled; null: not. */
export function endWording({ state, endsAt }: Pick<NumberRow, 'state' | 'endsAt'>): string | null {
  const date = endsAt && formatDay(endsAt)
  return date && (state === 'cancelled' ? date : `ends ${date}`)
}

/** Without the mark, which is a colour that paper does not show. */
export function stateWording(row: NumberRow): string {
  return [STATE_WORDING[row.state], endWording(row)].filter(Boolean).join(' ')
}

export function StateMark({ row }: { row: Pick<NumberRow, 'state' | 'endsAt' | 'account'> }) {
  const { state, account } = row
  const more = endWording(row)
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
