import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Call, request } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { BatchSummary } from '@/lib/domain/batches/batch'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { isBatchList } from './batches'
import { followAfter, type ReturnsFilter, returnsKey, returnsSearch } from './returns'

interface HistoryPage {
  returns: ReturnRecord[]
  batches: BatchSummary[]
  nextCursor: string | null
}

const isPage = shaped<HistoryPage>('returns', 'batches', 'nextCursor')
const isFound = shaped<Pick<HistoryPage, 'returns'>>('returns')

/** The polling interval: longer for more pages, since each is read again. */
function pollAfter(pages: readonly HistoryPage[]): number | false {
  // Running batches are polled by `useRunningBatches`; only unknown returns of ended ones are left.
  const left = pages.some(({ batches }) => batches.some(({ counts }) => counts.unknown > 0))
  const after = followAfter(pages.flatMap(({ returns }) => returns)) || (left && 15_000)
  return after && after * pages.length
}

type Read = { limit: number; cursor: string } & Pick<Call, 'signal' | 'background'>

/** Without filters a batch stands for its returns. */
function readPage(filter: ReturnsFilter, { limit, cursor, ...call }: Read): Promise<HistoryPage> {
  const query = returnsSearch(filter)
  query.set('batches', 'folded')
  query.set('limit', String(limit))
  if (cursor) query.set('cursor', cursor)
  return request(`/api/returns?${query}`, isPage, call)
}

/** The most entries of one answer. */
const LARGEST_PAGE = 200

/** All that matches, newest first; `more`: not all, but at least `most`. @throws as `request` */
export async function readHistory(filter: ReturnsFilter, most: number) {
  const pages: HistoryPage[] = []
  let cursor: string | null = ''
  while (cursor !== null && pages.length * LARGEST_PAGE < most) {
    const page: HistoryPage = await readPage(filter, { limit: LARGEST_PAGE, cursor })
    pages.push(page)
    cursor = page.nextCursor
  }
  return {
    returns: pages.flatMap(({ returns }) => returns),
    batches: pages.flatMap(({ batches }) => batches),
    more: cursor !== null,
  }
}

export function historyQuery(filter: ReturnsFilter) {
  return infiniteQueryOptions({
    queryKey: [...returnsKey, 'history', filter],
    queryFn: ({ pageParam, signal, client, queryKey }) => {
      // Reading a page again is polling, not activity.
      const known = client.getQueryData<InfiniteData<HistoryPage>>(queryKey)?.pageParams
      const background = known?.includes(pageParam) ?? false
      return readPage(filter, { limit: 50, cursor: pageParam, signal, background })
    },
    // Others return numbers meanwhile: each visit reads it again.
    staleTime: 0,
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
    refetchInterval: ({ state }) => pollAfter(state.data?.pages ?? []),
  })
}

const ALL: ReturnsFilter = { search: '', outcomes: [], from: '', to: '' }

/** The newest entries, read whenever the panel that shows them opens. */
export const latestQuery = queryOptions({
  queryKey: [...returnsKey, 'latest'],
  queryFn: ({ signal }) => readPage(ALL, { limit: 6, cursor: '', signal, background: true }),
  staleTime: 0,
})

/** More than are shown, since several may be of one batch. */
const MOST_FOUND = 20

/** The newest returns that a search finds, by their own id, too, and the batches that they are part of. */
export function foundReturnsQuery(search: string) {
  return queryOptions({
    queryKey: [...returnsKey, 'found', search],
    queryFn: async ({ signal }) => {
      const query = returnsSearch({ search, outcomes: [], from: '', to: '' })
      query.set('limit', String(MOST_FOUND))
      const { returns } = await request(`/api/returns?${query}`, isFound, { signal })
      const ids = new Set(returns.flatMap(({ batchId }) => batchId ?? []))
      if (/^B-[\dA-Z-]{9,62}$/i.test(search)) ids.add(search.toUpperCase())
      if (ids.size === 0) return { returns, batches: [] }
      const { batches } = await request(`/api/batches?ids=${[...ids].join()}`, isBatchList, { signal })
      return { returns, batches }
    },
  })
}
