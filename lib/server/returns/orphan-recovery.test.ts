import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { sessionAt } from '@/lib/domain/returns/testing/records'
import { attend } from './orphan-recovery'
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
  for (let request = 0; request < 3; request++) attend(people.one)
  attend(people.two)
  expect(settled.mock.calls).toEqual([[people.one], [people.two]])

  vi.advanceTimersByTime(5_000)
  settled.mockRejectedValueOnce(new Error('no database'))
  attend(people.one)
  await vi.waitFor(() => expect(logged).toHaveBeenCalledWith('error', 'orphans_not_settled'))
  attend(people.one)
  expect(settled).toHaveBeenCalledTimes(3)
  vi.advanceTimersByTime(5_000)
  attend(people.one)
  expect(settled).toHaveBeenCalledTimes(4)
})
