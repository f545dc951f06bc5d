import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type Sandbox, startSandbox } from '@/e2e/vida-sandbox/sandbox'
import { type BatchScenario, NUMBERS, openBatchScenario } from '@/lib/server/batches/testing/batch-scenario'
import { count, take } from '@/lib/server/budgets/budgets'
import type { Context } from '@/lib/server/context/context'
import { DatabaseUnavailable } from '@/lib/server/db/unavailable'
import { continueBatch, readBatch, startBatch, stopBatch } from './batches'

const numbers = NUMBERS.map(({ number }) => number)

let sandbox: Sandbox
let scenario: BatchScenario
let ctx: Context
/** How often a batch may still be read before the database fails. */
let readsLeft: number
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  readsLeft = Number.POSITIVE_INFINITY
  scenario = await openBatchScenario(sandbox)
  const find: Context['batches']['find'] = async (...asked) => {
    if (readsLeft-- <= 0) throw new DatabaseUnavailable('TEST')
    return scenario.store.find(...asked)
  }
  ctx = { ...scenario.ctx, batches: { ...scenario.store, find } }
})

async function ended(id: string) {
  readsLeft = Number.POSITIVE_INFINITY
  await vi.waitFor(async () => expect((await readBatch(ctx, scenario.session, id)).state).toBe('ended'), 10_000)
  return readBatch(ctx, scenario.session, id)
}

it('a started batch is answered, although the database fails then', async () => {
  readsLeft = 0
  const started = await startBatch(ctx, scenario.session, { returns: NUMBERS, note: 'T-17' })
  expect(started).toMatchObject({ state: 'running', reason: null, total: 3, counts: { waiting: 3, returned: 0 } })
  const { state: _state, counts: _counts, items, endedAt: _endedAt, ...same } = await ended(started.id)
  expect(started).toMatchObject({ ...same, reason: null })
  const place = ({ number, national, accountId, accountName, organizationId }: (typeof items)[number]) =>
    [number, national, accountId, accountName, organizationId].join()
  expect(started.items.map(place)).toEqual(items.map(place))
  expect((await scenario.posts()).toSorted()).toEqual(numbers)
})

it('a continued batch is answered, although the database fails then; if it fails before, nothing continues', async () => {
  const id = await scenario.write(numbers)
  await scenario.store.pause(id, ctx.instance.id, 'three_in_a_row')
  readsLeft = 0
  await expect(continueBatch(ctx, scenario.session, id)).rejects.toThrow(DatabaseUnavailable)
  readsLeft = 1
  expect(await continueBatch(ctx, scenario.session, id)).toMatchObject({
    state: 'running',
    reason: null,
    counts: { waiting: 3 },
  })
  expect(await ended(id)).toMatchObject({ reason: 'finished', counts: { returned: 3 } })
})

it('a stopped batch is answered, although the database fails then', async () => {
  const [running, paused] = [await scenario.write(numbers), await scenario.write(numbers)]
  await scenario.store.pause(paused, ctx.instance.id, 'three_in_a_row')
  for (const [id, state, reason] of [
    [running, 'stopping', null],
    [paused, 'ended', 'stopped'],
  ] as const) {
    readsLeft = 1
    const stopped = await stopBatch(ctx, scenario.session, id)
    expect(stopped).toMatchObject({ state, reason })
    readsLeft = 1
    expect(await readBatch(ctx, scenario.session, id)).toEqual(stopped)
  }
  expect(await scenario.posts()).toEqual([])
})

it('no more than 30 begin in a minute, however soon each is undone; what is sent again counts once', async () => {
  const begin = (requestId: string) =>
    startBatch(ctx, scenario.session, { returns: NUMBERS, note: null, holdMs: 60_000, requestId })
  for (let before = 0; before < 29; before++) count(ctx, 'batchesBegun', scenario.session.identity)
  const last = randomUUID()
  const { id } = await begin(last)
  await stopBatch(ctx, scenario.session, id)
  const limit = { code: 'too_many_returns', headers: { 'retry-after': '2' } }
  await expect(begin(randomUUID())).rejects.toMatchObject(limit)
  expect(await begin(last)).toMatchObject({ id, reason: 'undone' })
  expect(await scenario.posts()).toEqual([])
})

it('one that has no room beside those under way is not counted as begun, and one too many takes no room', async () => {
  const { identity } = scenario.session
  const begin = () => startBatch(ctx, scenario.session, { returns: NUMBERS, note: null, holdMs: 60_000 })
  const refused = (seconds: string) => ({ code: 'too_many_returns', headers: { 'retry-after': seconds } })
  const releases = Array.from({ length: 8 }, () => take(ctx, 'batches', identity))
  for (let tries = 0; tries < 30; tries++) await expect(begin()).rejects.toMatchObject(refused('5'))
  for (const release of releases) release()
  const { id } = await begin()
  await stopBatch(ctx, scenario.session, id)

  for (let begun = 1; begun < 30; begun++) count(ctx, 'batchesBegun', identity)
  for (let tries = 0; tries < 9; tries++) await expect(begin()).rejects.toMatchObject(refused('2'))
})
