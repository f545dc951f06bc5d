import { expect, it } from 'vitest'
import { createBatch } from '@/lib/server/batch-store/testing/batches'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { SCOPE } from '@/lib/server/ledger/testing/intents'
import { createBatchStore } from './batch-store'
import { stateOf } from './item-outcome'

const LEASE_MS = 1_000

describeEachDatabase('the lease of a batch', (open) => {
  it('that has run out is not renewed and begins nothing: the batch is paused until a person continues it', async () => {
    const batches = createBatchStore((await open()).db)
    const now = await batches.now()
    const id = await createBatch(batches, { scope: SCOPE, items: [], leaseMs: LEASE_MS, holdMs: 500 }, now)
    expect(await batches.renew(id, 'instance-1', LEASE_MS, now + LEASE_MS)).toBe('held')
    const later = now + 2 * LEASE_MS + 1
    expect(await batches.renew(id, 'instance-1', LEASE_MS, later)).toBeNull()
    expect(await batches.begin(id, 'instance-1', later)).toBe(false)
    const row = await batches.find(SCOPE, id)
    expect(row && stateOf(row, later)).toEqual({ state: 'paused', reason: 'server_stopped' })
    expect(await batches.claim(id, 'instance-2', LEASE_MS, later)).toBe(true)
  })
})
