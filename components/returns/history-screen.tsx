'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useDeferredValue, useMemo } from 'react'
import { returnsQuery, returnsSearch } from '@/lib/returns/query'
import { BatchHistory } from '../batches/batch-history'
import { useAnnounce } from '../shell/announcer'
import { buttonClass } from '../ui/button'
import { useHydrated } from '../ui/hooks'
import { HistoryBody } from './history-body'
import { HistoryFilters } from './history-filters'
import { historyParams } from './history-params'
import { ReceiptDrawer } from './receipt-drawer'
import { useSettle } from './use-settle'

/** Every return of this account, newest first, and the receipt of each. */
export function HistoryScreen() {
  const [params, setParams] = useQueryStates(historyParams)
  const { outcome, from, to, receipt } = params
  const search = useDeferredValue(params.q)
  const filter = useMemo(() => ({ search, outcomes: outcome, from, to }), [search, outcome, from, to])
  const query = useInfiniteQuery(returnsQuery(filter))
  const records = useMemo(() => query.data?.pages.flatMap((page) => page.returns) ?? [], [query.data])
  const settle = useSettle()
  const hydrated = useHydrated()
  const announce = useAnnounce()
  const csv = returnsSearch(filter)
  csv.set('format', 'csv')
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <h1 className="text-2xl font-semibold tracking-tight">History</h1>
        <a href={`/api/returns?${csv}`} download className={`ml-auto ${buttonClass()}`}>
          Export CSV
        </a>
      </div>
      <HistoryFilters params={params} setParams={setParams} />
      {hydrated && <BatchHistory open={params.batch} onOpen={(batch) => setParams({ batch })} />}
      <HistoryBody
        query={query}
        records={hydrated ? records : []}
        filtered={Boolean(search || outcome.length > 0 || from || to)}
        settle={settle}
        onOpen={(receiptId) => {
          announce('')
          void setParams({ receipt: receiptId })
        }}
        onClear={() => setParams({ q: null, outcome: null, from: null, to: null })}
      />
      <ReceiptDrawer
        receiptId={receipt}
        record={records.find((each) => each.receiptId === receipt) ?? null}
        loading={query.isPending}
        settle={settle}
        onClose={() => setParams({ receipt: null })}
      />
    </>
  )
}
