import { queryOptions } from '@tanstack/react-query'
import { isRefusal, request } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { Batch, BatchSummary } from '@/lib/domain/batches/batch'
import type { PastedEntry } from '@/lib/domain/batches/paste'

const isBatch = shaped<Batch>('id', 'state', 'counts', 'items')
const isList = shaped<{ batches: BatchSummary[] }>('batches')
const isPaste = shaped<{ entries: PastedEntry[]; more: boolean }>('entries', 'more')

/** Everything about batches, for invalidation by prefix. */
export const batchesKey = ['batches'] as const

/** How often a batch that runs is asked for, and how often somebody else's new one is looked for, ms. */
const RUNNING_MS = 1_500
const LOOKING_MS = 15_000
/** How often one that is over is asked for while something in it is unknown, ms: reading may settle it. */
const SETTLING_MS = 5_000

export function isOver({ state }: Pick<Batch, 'state'>): boolean {
  return state === 'ended'
}

/** The newest batches of this account; any tab finds one that another tab or colleague began. */
export const batchesQuery = queryOptions({
  queryKey: [...batchesKey, 'list'],
  queryFn: ({ signal }) => request('/api/batches', isList, { signal, background: true }),
  refetchInterval: LOOKING_MS,
})

/** One batch with all its numbers; asked for again while it runs, and while something in it is unknown. */
export function batchQuery(id: string) {
  return queryOptions({
    queryKey: [...batchesKey, id],
    queryFn: ({ signal }) => request(`/api/batches/${encodeURIComponent(id)}`, isBatch, { signal, background: true }),
    retry: (count, error) => count < 1 && !isRefusal(error),
    refetchInterval: ({ state: { data, error } }) => {
      if (!data) return isRefusal(error) ? false : RUNNING_MS
      if (!isOver(data)) return RUNNING_MS
      return data.counts.unknown + data.counts.open > 0 ? SETTLING_MS : false
    },
  })
}

/** As many as one call may ask for. */
const MOST_RUNNING = 50

/** These batches, which were not over when they were read; asked for again while any runs, and now and then while all wait. */
export function runningBatchesQuery(ids: readonly string[]) {
  const asked = ids.slice(0, MOST_RUNNING)
  return queryOptions({
    queryKey: [...batchesKey, 'going', asked],
    queryFn: ({ signal }) => request(`/api/batches?ids=${asked.join(',')}`, isList, { signal, background: true }),
    enabled: asked.length > 0,
    refetchInterval: ({ state: { data } }) =>
      data?.batches.some(({ state }) => state === 'running' || state === 'stopping') ? RUNNING_MS : LOOKING_MS,
  })
}

/** Exactly what was confirmed. One call begins one batch; never repeated by itself. */
export function postBatch(call: {
  returns: { number: string; accountId: string }[]
  note: string | null
}): Promise<Batch> {
  return request('/api/batches', isBatch, { method: 'POST', body: call })
}

export function postBatchAction(id: string, verb: 'stop' | 'continue'): Promise<Batch> {
  return request(`/api/batches/${encodeURIComponent(id)}/${verb}`, isBatch, { method: 'POST', body: {} })
}

export function postPaste(text: string): Promise<{ entries: PastedEntry[]; more: boolean }> {
  return request('/api/numbers/parse-list', isPaste, { method: 'POST', body: { text } })
}
