import { type InfiniteData, infiniteQueryOptions } from '@tanstack/react-query'
import { request } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { BatchSummary } from '@/lib/domain/batches/batch'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { followAfter, type ReturnsFilter, returnsKey, returnsSearch } from './returns'

interface HistoryPage {
  returns: ReturnRecord[]
  batches: BatchSummary[]
  nextCursor: string | null
}

const isPage = shaped<HistoryPage>('returns', 'batches', 'nextCursor')

/** The polling interval: longer for more pages, since each is read again. */
function pollAfter(pages: readonly HistoryPage[]): number | false {
  const outcomes = pages.flatMap(({ returns }) => returns.map(({ outcome }) => outcome))
  // Running batches are polled by `useRunningBatches`; only unknown returns of ended ones are left.
  const left = pages.some(({ batches }) => batches.some(({ counts }) => counts.unknown > 0))
  const after = followAfter(left ? [...outcomes, 'unknown'] : outcomes)
  return after && after * pages.length
}

/** Without filters a batch stands for its returns. */
export function historyQuery(filter: ReturnsFilter) {
  return infiniteQueryOptions({
    queryKey: [...returnsKey, 'history', filter],
    queryFn: ({ pageParam, signal, client, queryKey }) => {
      const query = returnsSearch(filter)
      query.set('batches', 'folded')
      query.set('limit', '50')
      if (pageParam) query.set('cursor', pageParam)
      // Reading a page again is polling, not activity.
      const known = client.getQueryData<InfiniteData<HistoryPage>>(queryKey)?.pageParams
      return request(`/api/returns?${query}`, isPage, { signal, background: known?.includes(pageParam) ?? false })
    },
    // Others return numbers meanwhile: each visit reads it again.
    staleTime: 0,
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
    refetchInterval: ({ state }) => pollAfter(state.data?.pages ?? []),
  })
}
