import { expect } from '@playwright/test'
import type { ApiClient } from './api-client.ts'
import type { Place, RecordBody } from './returns.ts'

export interface BatchBody {
  id: string
  state: string
  reason: string | null
  createdAt: string
  note: string | null
  total: number
  counts: Record<string, number>
  items: { number: string; accountId: string; outcome: string; message: string | null; receiptId: string | null }[]
}

export interface HistoryBody {
  returns: (RecordBody & { batchId: string | null })[]
  batches: BatchBody[]
  nextCursor: string | null
}

/** The nth number that nobody holds: its return ends as “already gone” after an account read, and sends nothing. */
export function goneAt(index: number): Place {
  return { number: `+1214556${String(index).padStart(4, '0')}`, accountId: '100001' }
}

export async function begin(client: ApiClient, returns: readonly Place[], note: string | null = null): Promise<string> {
  const { status, body } = await client.post<BatchBody>('/api/batches', { returns, note })
  expect(status).toBe(200)
  return body.id
}

export async function batchThatIs(client: ApiClient, id: string, ...states: string[]): Promise<BatchBody> {
  let batch: BatchBody | undefined
  const read = async () => {
    batch = (await client.get<BatchBody>(`/api/batches/${id}`)).body
    return states.includes(batch.state)
  }
  await expect.poll(read, { timeout: 120_000, intervals: [50, 100, 200, 500] }).toBe(true)
  if (!batch) throw new Error('unreachable')
  return batch
}

export async function batchOf(
  client: ApiClient,
  returns: readonly Place[],
  note: string | null = null,
): Promise<string> {
  const id = await begin(client, returns, note)
  await batchThatIs(client, id, 'ended')
  return id
}

/** One page of the history as the screen asks for it. `query` begins with `&` or is empty. */
export async function foldedHistory(client: ApiClient, query = ''): Promise<HistoryBody> {
  const { status, body } = await client.get<HistoryBody>(`/api/returns?batches=folded${query}`)
  expect(status).toBe(200)
  return body
}
