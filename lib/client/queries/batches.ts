import { queryOptions } from '@tanstack/react-query'
import { isRefusal, request, send } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { Batch, BatchSummary } from '@/lib/domain/batches/batch'
import type { LatestReturn } from '@/lib/domain/returns/record'
import type { PastedEntry } from '@/lib/domain/text/phone'

const isBatch = shaped<Batch>('id', 'state', 'counts', 'items')
export const isBatchList = shaped<{ batches: BatchSummary[] }>('batches')
const isList = shaped<{ entries: PastedEntry[]; more: boolean }>('entries', 'more')
const isLatest = shaped<{ returns: LatestReturn[] }>('returns')

export const batchesKey = ['batches'] as const

/** Polling of a running batch, of new batches, and of an ended batch with unknown outcomes, ms. */
const RUNNING_MS = 1_500
const IDLE_MS = 15_000
const SETTLING_MS = 5_000

export function isOver({ state }: Pick<Batch, 'state'>): boolean {
  return state === 'ended'
}

export const batchesQuery = queryOptions({
  queryKey: [...batchesKey, 'list'],
  queryFn: ({ signal }) => request('/api/batches', isBatchList, { signal, background: true }),
  refetchInterval: IDLE_MS,
})

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

/** The most ids that one call accepts. */
const MOST_RUNNING = 50

/** @throws as `send` */
export function fetchBatchCsv(id: string): Promise<Response> {
  return send(`/api/batches/${encodeURIComponent(id)}?format=csv`)
}

export function runningBatchesQuery(ids: readonly string[]) {
  const asked = ids.slice(0, MOST_RUNNING)
  return queryOptions({
    queryKey: [...batchesKey, 'running', asked],
    queryFn: ({ signal }) => request(`/api/batches?ids=${asked.join(',')}`, isBatchList, { signal, background: true }),
    enabled: asked.length > 0,
    refetchInterval: ({ state: { data } }) =>
      data?.batches.some(({ state }) => state !== 'paused' && state !== 'ended') ? RUNNING_MS : IDLE_MS,
  })
}

interface BatchCall {
  returns: { number: string; accountId: string }[]
  reason: string | null
  note: string | null
  holdSeconds: number
  /** A UUID: a repeated call with the same one starts no second batch. */
  requestId: string
}

export function postBatch(call: BatchCall): Promise<Batch> {
  return request('/api/batches', isBatch, { method: 'POST', body: call })
}

export function postBatchAction(id: string, action: 'stop' | 'continue'): Promise<Batch> {
  return request(`/api/batches/${encodeURIComponent(id)}/${action}`, isBatch, { method: 'POST', body: {} })
}

/** Reads the numbers of a text, line by line. */
export function postList(text: string): Promise<{ entries: PastedEntry[]; more: boolean }> {
  return request('/api/numbers/parse-list', isList, { method: 'POST', body: { text } })
}

/** The latest returns of the numbers (E.164), by number. */
export async function postLatestReturns(numbers: readonly string[]): Promise<Map<string, LatestReturn>> {
  if (numbers.length === 0) return new Map()
  const { returns } = await request('/api/returns/latest', isLatest, { method: 'POST', body: { numbers } })
  return new Map(returns.map((latest) => [latest.number, latest]))
}
