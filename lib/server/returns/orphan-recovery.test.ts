import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { testContext } from '@/lib/server/context/testing/context'
import type { Ledger } from '@/lib/server/ledger/types'
import { sessionAt } from '@/lib/server/session/testing/sessions'
import { recoverOrphans } from './orphan-recovery'

const people = { one: sessionAt('https://one.example'), two: { ...sessionAt('https://two.example'), identity: 'two' } }
const none = { unsettled: async () => [], unverified: async () => [], now: async () => 0 }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('recovers orphans of each identity with its requests, every five seconds at most, also after a failure', async () => {
  const settleOrphans = vi.fn<Ledger['settleOrphans']>(async () => [])
  const log = vi.fn()
  const ctx = testContext({ log, ledger: { ...none, settleOrphans } })
  for (let request = 0; request < 3; request++) recoverOrphans(ctx, people.one)
  recoverOrphans(ctx, people.two)
  expect(settleOrphans.mock.calls.map(([scope]) => scope?.origin)).toEqual([
    'https://one.example',
    'https://two.example',
  ])

  vi.advanceTimersByTime(5_000)
  settleOrphans.mockRejectedValueOnce(new Error('no database'))
  recoverOrphans(ctx, people.one)
  await vi.waitFor(() => expect(log).toHaveBeenCalledWith('error', 'orphans_not_settled'))
  recoverOrphans(ctx, people.one)
  expect(settleOrphans).toHaveBeenCalledTimes(3)
  vi.advanceTimersByTime(5_000)
  recoverOrphans(ctx, people.one)
  expect(settleOrphans).toHaveBeenCalledTimes(4)
})
