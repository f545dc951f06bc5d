import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import { takeReads } from '@/lib/domain/inventory/state'
import type { LockedNumber, ReturnMarks } from '@/lib/domain/returns/marks'
import { updateKnownNumbers } from './inventory'
import { returnsKey } from './returns'

const isMarks = shaped<ReturnMarks>('locked', 'reads', 'readAt')

/** Several instances may not write in the order of their times, ms. */
const OVERLAP_MS = 10_000

/** Polling while a return is in progress, while one is unknown, and otherwise, ms. */
const OPEN_MS = 1_000
const UNKNOWN_MS = 5_000
const QUIET_MS = 60_000

export interface MarksData extends ReturnMarks {
  /** How far the server's clock is ahead of this computer's, ms; 0 for less than two seconds. */
  ahead: number
}

function clockAhead(readAt: string): number {
  const ahead = Date.parse(readAt) - Date.now()
  return Math.abs(ahead) < 2_000 ? 0 : Math.round(ahead / 1_000) * 1_000
}

/** Marks for the rows of the list, with each return's last account read. New reads update the list at once. */
export const marksQuery = queryOptions({
  queryKey: [...returnsKey, 'marks'],
  queryFn: async ({ client, signal }): Promise<MarksData> => {
    const before = client.getQueryData<MarksData>(marksQuery.queryKey)
    const since = before && new Date(Date.parse(before.readAt) - OVERLAP_MS).toISOString()
    const path = since ? `/api/returns/marks?since=${since}` : '/api/returns/marks'
    const marks = await request(path, isMarks, { signal, background: true })
    updateKnownNumbers(client, (state) => takeReads(state, marks.reads))
    const reads = new Map([...(before?.reads ?? []), ...marks.reads].map((read) => [read.receiptId, read]))
    return { ...marks, ahead: clockAhead(marks.readAt), reads: [...reads.values()] }
  },
  staleTime: 0,
  refetchInterval: ({ state: { data } }) => {
    if (!data || data.locked.length === 0) return QUIET_MS
    return data.locked.some(({ outcome }) => outcome === 'open') ? OPEN_MS : UNKNOWN_MS
  },
})

/** Takes the lock of a return into the marks, or out of them, before they and History are read again. */
export async function updateLocks(
  client: QueryClient,
  step: (locked: readonly LockedNumber[]) => LockedNumber[],
): Promise<void> {
  const { queryKey } = marksQuery
  // An answer that is under way knows nothing of it.
  await client.cancelQueries({ queryKey, exact: true })
  client.setQueryData(queryKey, (marks) => marks && { ...marks, locked: step(marks.locked) })
  void client.invalidateQueries({ queryKey: returnsKey })
}
