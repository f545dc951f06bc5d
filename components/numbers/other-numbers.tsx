'use client'

import { formatCount } from '@/lib/client/format/format'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { NO_FILTER } from '@/lib/domain/inventory/view-params'
import { useNumbers, useShown } from './numbers-context'

const MOST_OTHERS = 10
const LINK =
  'rounded-control text-left underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent min-h-6 max-sm:min-h-11'

/** What else the agent of a number holds; each opens in the place of this one. */
export function OtherNumbers({ row: { number, account } }: { row: NumberRow }) {
  const { model } = useNumbers()
  const view = useShown()
  const held = model.inventory.accounts.find((each) => each.account.id === account.id)
  const others = held?.rows.filter((row) => row.number !== number) ?? []
  const showAll = () =>
    void view.setParams({ ...NO_FILTER, view: null, number: null, q: `account:${account.id}` }, { history: 'push' })
  return (
    <section aria-label={`Other numbers of ${account.name}`} className="grid gap-2 border-t border-line pt-4">
      <h3 className="flex items-baseline gap-2 font-medium">
        <span>Other numbers of this agent</span>
        <span className="font-normal text-ink-3 tabular-nums">{formatCount(others.length)}</span>
      </h3>
      {others.length > 0 && (
        <ul className="grid gap-1.5">
          {others.slice(0, MOST_OTHERS).map((other) => (
            <li key={other.number} className="flex items-baseline gap-3 max-sm:items-center">
              <button
                type="button"
                translate="no"
                onClick={() => void view.setParams({ number: other.number }, { history: 'replace' })}
                className={`${LINK} shrink-0 tabular-nums`}
              >
                {other.number}
              </button>
              <span className="truncate text-sm text-ink-3" title={other.label ?? undefined}>
                {other.label}
              </span>
            </li>
          ))}
        </ul>
      )}
      {others.length > MOST_OTHERS && (
        <p>
          <button type="button" onClick={showAll} className={LINK}>
            {`Show all ${formatCount(others.length + 1)}`}
          </button>
        </p>
      )}
    </section>
  )
}
