import { expect, it } from 'vitest'
import { TokenBuckets } from './token-buckets'

const RATE = { size: 3, perSecond: 0.5 }
const take = (buckets: TokenBuckets, times: number, now: number) =>
  Array.from({ length: times }, () => buckets.take('a', RATE, now))

it('a bucket gives its size at once, then one for each time that refills it, and says how long that is', () => {
  const buckets = new TokenBuckets(10)
  expect(take(buckets, 5, 0)).toEqual([0, 0, 0, 2, 2])
  expect(take(buckets, 2, 2_000)).toEqual([0, 2])
  expect(take(buckets, 4, 60_000)).toEqual([0, 0, 0, 2])
})

it('a clock that is set back refills nothing, and takes nothing away', () => {
  const buckets = new TokenBuckets(10)
  expect(take(buckets, 2, 60_000)).toEqual([0, 0])
  expect(take(buckets, 2, 0)).toEqual([0, 2])
})

it('a bucket goes a minute below zero at most', () => {
  const buckets = new TokenBuckets(10)
  for (let count = 0; count < 500; count += 1) buckets.change('a', { size: 40, perSecond: 1 }, -1, 0)
  expect(buckets.change('a', { size: 40, perSecond: 1 }, 0, 60_000)).toBe(0)
})
