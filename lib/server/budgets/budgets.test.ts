import { beforeEach, expect, it } from 'vitest'
import { sharedIn } from '@/lib/server/process/shared'
import { count, take } from './budgets'
import { streamed } from './streamed'

let ctx: { shared: ReturnType<typeof sharedIn>; clock: { now: () => number } }
let now = 0
beforeEach(() => {
  now = 0
  ctx = { shared: sharedIn({}), clock: { now: () => now } }
})

const over = expect.objectContaining({ code: 'too_many_requests', headers: { 'retry-after': '5' } })
const textOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).text()
const reader = (signal = new AbortController().signal) => ({ identity: 'one', signal })
const inventory = (signal?: AbortSignal) =>
  streamed(ctx, 'inventories', reader(signal), async () => new Blob(['text']).stream())

it('one identity has its budget, and what it gives back once it may take again', () => {
  const releases = Array.from({ length: 4 }, () => take(ctx, 'inventories', 'one'))
  expect(() => take(ctx, 'inventories', 'one')).toThrow(over)
  take(ctx, 'inventories', 'two')
  take(ctx, 'scans', 'one')
  releases[0]?.()
  releases[0]?.()
  take(ctx, 'inventories', 'one')
  expect(() => take(ctx, 'inventories', 'one')).toThrow(over)
})

it('all identities together have the budget of the process', () => {
  for (let index = 0; index < 40; index += 1) take(ctx, 'inventories', `identity ${index}`)
  expect(() => take(ctx, 'inventories', 'one more')).toThrow(over)
})

it('what may begin in a minute comes back evenly', () => {
  for (let index = 0; index < 30; index += 1) count(ctx, 'returnsByHand', 'one')
  const refused = expect.objectContaining({ code: 'too_many_returns', headers: { 'retry-after': '2' } })
  expect(() => count(ctx, 'returnsByHand', 'one')).toThrow(refused)
  count(ctx, 'returnsByHand', 'two')
  now = 2_000
  count(ctx, 'returnsByHand', 'one')
  expect(() => count(ctx, 'returnsByHand', 'one')).toThrow(refused)
})

it('what the process has no room for costs an identity nothing', () => {
  for (let index = 0; index < 600; index += 1) count(ctx, 'returnsByHand', `identity ${index % 20}`)
  const mine = () => count(ctx, 'returnsByHand', 'mine')
  for (let index = 0; index < 40; index += 1) expect(mine).toThrow()
  now = 60_000
  for (let index = 0; index < 30; index += 1) mine()
})

it('an answer counts until it was read, its client left, or it could not be made', async () => {
  const gone = new AbortController()
  const whole = await inventory()
  const cancelled = await inventory()
  await inventory(gone.signal)
  await inventory()
  await expect(inventory()).rejects.toEqual(over)
  expect(await textOf(whole)).toBe('text')
  await cancelled.cancel()
  gone.abort()
  const failing = () => Promise.reject(new Error('no'))
  for (let index = 0; index < 5; index += 1)
    await expect(streamed(ctx, 'inventories', reader(), failing)).rejects.toThrow('no')
  for (let index = 0; index < 3; index += 1) await inventory()
  await expect(inventory()).rejects.toEqual(over)
})
