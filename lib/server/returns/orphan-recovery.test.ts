import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { sessionAt } from '@/lib/server/returns/testing/sessions'
import { recoverOrphans } from './orphan-recovery'
import { settleOrphans } from './reconcile'

vi.mock('./reconcile', () => ({ settleOrphans: vi.fn(async () => {}) }))
const logged = vi.hoisted(() => vi.fn())
vi.mock('@/lib/server/process/log', () => ({ log: logged }))

const settled = vi.mocked(settleOrphans)
const people = { one: sessionAt('https://one.example'), two: { ...sessionAt('https://two.example'), identity: 'two' } }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('looks for orphans of each identity with its requests, every five seconds at most, whether or not that works', async () => {
  for (let request = 0; request < 3; request++) recoverOrphans(people.one)
  recoverOrphans(people.two)
  expect(settled.mock.calls).toEqual([[people.one], [people.two]])

  vi.advanceTimersByTime(5_000)
  settled.mockRejectedValueOnce(new Error('no database'))
  recoverOrphans(people.one)
  await vi.waitFor(() => expect(logged).toHaveBeenCalledWith('error', 'orphans_not_settled'))
  recoverOrphans(people.one)
  expect(settled).toHaveBeenCalledTimes(3)
  vi.advanceTimersByTime(5_000)
  recoverOrphans(people.one)
  expect(settled).toHaveBeenCalledTimes(4)
})
