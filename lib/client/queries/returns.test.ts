import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NoAnswer } from '@/lib/client/fetch/api'
import type { RecordOutcome } from '@/lib/domain/returns/record'
import { followAfter, isDay, isReversed, postReturn, returnsSearch } from './returns'

const NOTHING = { search: '', outcomes: [], from: '', to: '' }

describe('the query of the history', () => {
  beforeEach(() => {
    vi.stubEnv('TZ', 'America/New_York')
  })
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it('is empty without a filter', () => {
    expect(`${returnsSearch(NOTHING)}`).toBe('')
    expect(`${returnsSearch({ ...NOTHING, search: '   ' })}`).toBe('')
  })

  it('keeps the plus of a number and the words of a name', () => {
    const query = returnsSearch({ ...NOTHING, search: ' +1214 & sons ', outcomes: ['unknown', 'open'] })
    expect(`${query}`).toBe('search=%2B1214+%26+sons&outcome=unknown%2Copen')
    expect(new URLSearchParams(`${query}`).get('search')).toBe('+1214 & sons')
  })

  it('means whole days in the person’s own time zone, both ends included', () => {
    const query = returnsSearch({ ...NOTHING, from: '2026-11-24', to: '2026-11-24' })
    expect(query.get('from')).toBe('2026-11-24T05:00:00.000Z')
    expect(query.get('to')).toBe('2026-11-25T05:00:00.000Z')
  })

  it('knows that a day of the change to winter time has 25 hours', () => {
    const query = returnsSearch({ ...NOTHING, from: '2026-11-01', to: '2026-11-01' })
    expect(query.get('from')).toBe('2026-11-01T04:00:00.000Z')
    expect(query.get('to')).toBe('2026-11-02T05:00:00.000Z')
  })

  it.each(['yesterday', '2026', '2026-11', '2026-13-45', '2026-02-30', '2026-11-24T10:00', ' 2026-11-24', '26-11-24'])(
    'leaves out “%s”, which is no day and which no date field shows',
    (day) => {
      expect(isDay(day)).toBe(false)
      expect(`${returnsSearch({ ...NOTHING, from: day, to: day })}`).toBe('')
    },
  )

  it('takes a year that is still being typed for the year that it is', () => {
    expect(returnsSearch({ ...NOTHING, from: '0002-11-24' }).get('from')).toMatch(/^0002-11-24T/)
  })
})

const READ = { accountId: '100001', verified: true, settledAt: null } as const

describe('asking again', () => {
  it('is worth it while a return is under way, less often while one is unknown, and not for what is settled', () => {
    const pollAfter = (...outcomes: RecordOutcome[]) => followAfter(outcomes.map((outcome) => ({ ...READ, outcome })))
    expect(pollAfter('returned', 'unknown', 'open')).toBe(2_000)
    expect(pollAfter('unknown', 'refused')).toBe(15_000)
    expect(pollAfter('returned', 'refused', 'already_gone', 'not_sent', 'not_returned')).toBe(false)
    expect(pollAfter()).toBe(false)
  })

  it('goes on for some seconds after Vida’s answer, until the account was read again', () => {
    const settledAt = '2026-11-24T10:00:00.000Z'
    const unread = { ...READ, outcome: 'returned', verified: null, settledAt } as const
    const at = (ms: number) => followAfter([unread], Date.parse(settledAt) + ms)
    expect([at(1_000), at(6_000), at(-600_000)]).toEqual([2_000, false, false])
  })
})

it('takes days for the wrong way round only if both are there and the first is after the last', () => {
  const between = (from: string, to: string) => isReversed({ from, to })
  expect(between('2026-11-24', '2026-11-23')).toBe(true)
  expect(between('2026-11-24', '2026-11-24')).toBe(false)
  expect(between('2026-09-30', '2026-10-01')).toBe(false)
  expect([between('', '2026-11-23'), between('2026-11-24', ''), between('', '')]).toEqual([false, false, false])
})

describe('a confirmation whose request did not arrive', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('is sent again for a minute, and not when the page is looked at again long after that', async () => {
    const fetched = vi.fn(() => Promise.reject(new TypeError('Failed to fetch')))
    vi.stubGlobal('fetch', fetched)
    const call = {
      number: '+12145550101',
      accountId: '100001',
      reason: null,
      note: null,
      holdSeconds: 8,
      requestId: 'r',
    }
    await expect(postReturn(call, Date.now() - 50_000)).rejects.toBeInstanceOf(NoAnswer)
    expect(fetched).toHaveBeenCalledTimes(1)
    await expect(postReturn(call, Date.now() - 61_000)).rejects.toBeInstanceOf(NoAnswer)
    expect(fetched).toHaveBeenCalledTimes(1)
  })
})
