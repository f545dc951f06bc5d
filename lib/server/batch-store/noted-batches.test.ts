import { expect, it } from 'vitest'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { createBatchStore } from './batch-store'
import { type BatchStep, notedBatches } from './noted-batches'
import { createBatch } from './testing/batches'

describeEachDatabase('the steps of a batch', (open) => {
  it('are noted once they are in the database, and only those that happened', async () => {
    const steps: BatchStep[] = []
    const batches = notedBatches(createBatchStore((await open()).db), (step) => steps.push(step))
    const now = await batches.now()
    const scope = { origin: 'https://api.vida.dev', ownerId: '70001' }
    const id = await createBatch(batches, { scope, items: [], holdMs: 1 }, now)
    await batches.begin(id, 'another-instance', now)
    await batches.begin(id, 'instance-1', now)
    await batches.pause(id, 'instance-1', 'three_in_a_row')
    await batches.claim(id, 'instance-1', 6_000, now)
    await batches.stop(id, now)
    await batches.end(id, 'instance-1', 'stopped', now)
    await batches.stop(id, now)
    expect(steps.map(({ state, reason }) => [state, reason])).toEqual([
      ['held', null],
      ['running', null],
      ['paused', 'three_in_a_row'],
      ['running', 'continued'],
      ['stopping', 'stopped'],
      ['ended', 'stopped'],
    ])
  })
})
