'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { useDebounced } from '@/components/ui/use-debounced'
import { formatMoment } from '@/lib/client/format/format'
import { followAfter, numberReturnsQuery } from '@/lib/client/queries/returns'
import { isTyped, nearNumbers, type TypedWhole, typedWhole } from '@/lib/domain/inventory/near'
import { NO_FILTER } from '@/lib/domain/inventory/view-params'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import { useNumbers, useShown } from './numbers-context'

/** A pause in typing, after which a number is whole, ms. */
const PAUSE_MS = 400
const MOST_RETURNS = 3

function Near({ typed }: { typed: TypedWhole }) {
  const { model } = useNumbers()
  const view = useShown()
  const { accounts } = model.inventory
  const near = useMemo(
    () =>
      nearNumbers(
        typed,
        accounts.flatMap(({ rows }) => rows),
      ),
    [typed, accounts],
  )
  if (near.length === 0) return null
  return (
    <p className="flex flex-wrap items-center justify-center gap-2">
      <span>Did you mean</span>
      {near.map((number) => (
        <Button
          key={number}
          data-focus-next="search"
          className="tabular-nums"
          onClick={() => void view.setParams({ ...NO_FILTER, view: null, q: number })}
        >
          {number}
        </Button>
      ))}
    </p>
  )
}

/** Its latest returns from here; without any, listed numbers that are nearly it. */
function WhatIsKnown({ typed }: { typed: TypedWhole }) {
  const [digits = ''] = typed.endings.slice(-1)
  const asked = typed.isWhole ? `+${digits}` : digits
  const settled = useDebounced(asked, PAUSE_MS, '')
  const { data, isPending } = useQuery({
    ...numberReturnsQuery(asked),
    enabled: settled === asked,
    refetchInterval: ({ state }) => followAfter(state.data?.returns ?? []),
  })
  if (isPending) return null
  const records = data?.returns.filter(({ number }) => isTyped(typed, number)).slice(0, MOST_RETURNS) ?? []
  if (records.length === 0) return <Near typed={typed} />
  return records.map(({ receiptId, number, outcome, requestedAt }) => (
    <p key={receiptId} className="tabular-nums">
      {!typed.isWhole && <span>{`${number}: `}</span>}
      <span>{`${OUTCOME_WORDING[outcome]} on ${formatMoment(requestedAt)}`}</span>
      <span>{' · '}</span>
      <AppLink
        href={`/history?receipt=${encodeURIComponent(receiptId)}`}
        className="rounded-control underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent"
      >
        Receipt
      </AppLink>
    </p>
  ))
}

/** What is known of a searched number that no row shows: that it was returned, or listed numbers that are nearly it; loaded then. */
export default function NumberNotFound({ search }: { search: string }) {
  const typed = useMemo(() => typedWhole(search), [search])
  return (
    <div role="status" className="grid gap-2 py-2 empty:hidden">
      {typed && <WhatIsKnown typed={typed} />}
    </div>
  )
}
