import { queryOptions } from '@tanstack/react-query'
import { request } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import { takeReads } from '@/lib/domain/inventory/state'
import type { ReturnMarks } from '@/lib/domain/returns/marks'
import { updateKnownNumbers } from './inventory'
import { returnsKey } from './returns'

const isMarks = shaped<ReturnMarks>('locked', 'reads', 'readAt')

/** Two instances may write in another order than their times say, ms. */
const OVERLAP_MS = 10_000
/** What was looked at shortly before the first question may be newer than the list, ms. */
const FIRST_MS = 60_000

/** How often it is asked for: while something is under way, while something is unknown, and otherwise, ms. */
const UNDER_WAY_MS = 2_000
const UNKNOWN_MS = 5_000
const QUIET_MS = 60_000

/**
 * What the ledger says about the rows of the list, whoever returned what and from wherever. Its data has each account's
 * last account read; what is news in it is taken into the list at once: a number that is proved gone leaves it.
 */
export const marksQuery = queryOptions({
  queryKey: [...returnsKey, 'marks'],
  queryFn: async ({ client, signal }): Promise<ReturnMarks> => {
    const before = client.getQueryData<ReturnMarks>(marksQuery.queryKey)
    const since = before && new Date(Date.parse(before.readAt) - OVERLAP_MS).toISOString()
    const path = since ? `/api/returns/marks?since=${since}` : '/api/returns/marks'
    const marks = await request(path, isMarks, { signal, background: true })
    const newsFrom = since ?? new Date(Date.parse(marks.readAt) - FIRST_MS).toISOString()
    updateKnownNumbers(client, (state) =>
      takeReads(
        state,
        marks.reads.filter(({ at }) => at >= newsFrom),
      ),
    )
    const reads = new Map([...(before?.reads ?? []), ...marks.reads].map((read) => [read.receiptId, read]))
    return { ...marks, reads: [...reads.values()] }
  },
  staleTime: 0,
  refetchInterval: ({ state: { data } }) => {
    if (!data || data.locked.length === 0) return QUIET_MS
    return data.locked.some(({ outcome }) => outcome === 'open') ? UNDER_WAY_MS : UNKNOWN_MS
  },
})
