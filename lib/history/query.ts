import { infiniteQueryOptions } from '@tanstack/react-query'
import { request } from '../http/api'
import { shaped } from '../http/shape'
import type { JobSummary } from '../jobs/job'
import { type ReturnsFilter, returnsKey, returnsSearch } from '../returns/query'
import type { ReturnRecord } from '../returns/record'

interface HistoryPage {
  returns: ReturnRecord[]
  batches: JobSummary[]
  nextCursor: string | null
}

const isPage = shaped<HistoryPage>('returns', 'batches', 'nextCursor')

/** The history page by page; a batch stands for its returns unless certain returns are looked for. */
export function historyQuery(filter: ReturnsFilter) {
  return infiniteQueryOptions({
    queryKey: [...returnsKey, 'history', filter],
    queryFn: ({ pageParam, signal }) => {
      const query = returnsSearch(filter)
      query.set('batches', 'folded')
      query.set('limit', '50')
      if (pageParam) query.set('cursor', pageParam)
      return request(`/api/returns?${query}`, isPage, { signal })
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  })
}
