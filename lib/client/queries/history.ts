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

/** When the pages are asked for again by themselves: the more of them there are, the seldomer, since each is read anew. */
function again(pages: readonly HistoryPage[]): number | false {
  const outcomes = pages.flatMap(({ returns }) => returns.map(({ outcome }) => outcome))
  // Batches under way are followed by themselves (use-going); what is left of an ended one is its unknown returns.
  const left = pages.some(({ batches }) => batches.some(({ counts }) => counts.unknown > 0))
  const after = followAfter(left ? [...outcomes, 'unknown'] : outcomes)
  return after && after * pages.length
}

/**
 * The history page by page; a batch stands for its returns unless certain returns are looked for. While a return in it is
 * under way or unknown, it is asked for again in a page that is seen.
 */
export function historyQuery(filter: ReturnsFilter) {
  return infiniteQueryOptions({
    queryKey: [...returnsKey, 'history', filter],
    queryFn: ({ pageParam, signal, client, queryKey }) => {
      const query = returnsSearch(filter)
      query.set('batches', 'folded')
      query.set('limit', '50')
      if (pageParam) query.set('cursor', pageParam)
      // A page that is there is asked for again by itself; nobody is active because of that.
      const there = client.getQueryData<InfiniteData<HistoryPage>>(queryKey)?.pageParams
      return request(`/api/returns?${query}`, isPage, { signal, background: there?.includes(pageParam) ?? false })
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
    refetchInterval: ({ state }) => again(state.data?.pages ?? []),
  })
}
