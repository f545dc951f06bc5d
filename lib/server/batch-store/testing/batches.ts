import type { BatchStore, NewBatch } from '@/lib/server/batch-store/batch-store'

/** Writes a running batch. @returns its id */
export async function createBatch(
  store: BatchStore,
  batch: Pick<NewBatch, 'scope' | 'items'> & Partial<NewBatch>,
  now: number,
): Promise<string> {
  const { ownerId } = batch.scope
  const created = await store.create(
    {
      requestedBy: { id: ownerId, name: 'Northwind Voice', role: 'reseller' },
      sessionId: 'session-1',
      request: null,
      operator: null,
      returnReason: null,
      note: null,
      holdMs: 0,
      instance: 'instance-1',
      leaseMs: 60_000,
      ...batch,
    },
    now,
  )
  if (!created) throw new Error('The request id was used before.')
  return created.id
}
