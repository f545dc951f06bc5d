import { afterEach, expect, it, vi } from 'vitest'
import { describePostgres, openForTest } from '@/lib/server/db/testing/databases'
import { createBatchStore } from './batch-store'

afterEach(() => {
  vi.useRealTimers()
})

describePostgres('the clock of batches', (_open, _dialect, locate) => {
  it('is the database’s, so that an instance with a wrong clock takes over no running batch', async () => {
    const batches = createBatchStore(await openForTest(await locate()))
    const right = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: right + 3_600_000 })
    expect(Math.abs((await batches.now()) - right)).toBeLessThan(60_000)
  })
})
