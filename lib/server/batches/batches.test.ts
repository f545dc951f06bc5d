import '@/lib/server/batches/testing/mocks'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type Sandbox, startSandbox } from '@/e2e/vida-sandbox/sandbox'
import { type Desk, openDesk, PLACES } from '@/lib/server/batches/testing/batch-scenario'
import { DatabaseUnavailable } from '@/lib/server/db/unavailable'
import { INSTANCE } from '@/lib/server/returns/current-ledger'
import { continueBatch, readBatch, startBatch, stopBatch } from './batches'

/** How often a batch may still be read before the database fails. */
const readings = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }))
vi.mock('./store', async (original) => {
  const real = await original<typeof import('./store')>()
  const { DatabaseUnavailable } = await import('@/lib/server/db/unavailable')
  return {
    createBatchStore: (...args: Parameters<typeof real.createBatchStore>) => {
      const store = real.createBatchStore(...args)
      const find: typeof store.find = async (...these) => {
        if (readings.left-- <= 0) throw new DatabaseUnavailable('TEST')
        return store.find(...these)
      }
      return { ...store, find }
    },
  }
})

const numbers = PLACES.map(({ number }) => number)

let sandbox: Sandbox
let desk: Desk
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  readings.left = Number.POSITIVE_INFINITY
  desk = await openDesk(sandbox)
})

async function ended(id: string) {
  readings.left = Number.POSITIVE_INFINITY
  await vi.waitFor(async () => expect((await readBatch(desk.session, id)).state).toBe('ended'), 10_000)
  return readBatch(desk.session, id)
}

it('a batch that has begun is answered for, although the database fails then', async () => {
  readings.left = 0
  const started = await startBatch(desk.session, { returns: PLACES, note: 'T-17' })
  expect(started).toMatchObject({ state: 'running', reason: null, total: 3, counts: { waiting: 3, returned: 0 } })
  const { state: _state, counts: _counts, items, endedAt: _endedAt, ...same } = await ended(started.id)
  expect(started).toMatchObject({ ...same, reason: null })
  const place = ({ number, national, accountId, accountName, organizationId }: (typeof items)[number]) =>
    [number, national, accountId, accountName, organizationId].join()
  expect(started.items.map(place)).toEqual(items.map(place))
  expect((await desk.posts()).toSorted()).toEqual(numbers)
})

it('a batch that goes on is answered for, although the database fails then; before that, nothing goes on', async () => {
  const id = await desk.write(numbers)
  await desk.store.pause(id, INSTANCE, 'three_in_a_row')
  readings.left = 0
  await expect(continueBatch(desk.session, id)).rejects.toThrow(DatabaseUnavailable)
  readings.left = 1
  expect(await continueBatch(desk.session, id)).toMatchObject({
    state: 'running',
    reason: null,
    counts: { waiting: 3 },
  })
  expect(await ended(id)).toMatchObject({ reason: 'finished', counts: { returned: 3 } })
})

it('a batch that was stopped is answered for, although the database fails then', async () => {
  const [running, paused] = [await desk.write(numbers), await desk.write(numbers)]
  await desk.store.pause(paused, INSTANCE, 'three_in_a_row')
  for (const [id, state, reason] of [
    [running, 'stopping', null],
    [paused, 'ended', 'stopped'],
  ] as const) {
    readings.left = 1
    const stopped = await stopBatch(desk.session, id)
    expect(stopped).toMatchObject({ state, reason })
    readings.left = 1
    expect(await readBatch(desk.session, id)).toEqual(stopped)
  }
  expect(await desk.posts()).toEqual([])
})
