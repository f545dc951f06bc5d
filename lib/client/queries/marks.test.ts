import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, it, vi } from 'vitest'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import { begin, EMPTY_STATE, take } from '@/lib/domain/inventory/state'
import type { ReturnMarks } from '@/lib/domain/returns/marks'
import { numbersQuery } from './inventory'
import { marksQuery } from './marks'

afterEach(() => vi.unstubAllGlobals())

it.each([
  ['before', '10:00:04', []],
  ['after', '10:00:06', ['+12145550101']],
])(
  'a number that was returned is shown if its account was read %s the account read that lacked it: %s',
  async (...row) => {
    const [, time, shown] = row
    const number = '+12145550101'
    const accountRead = { receiptId: 'R-1', number, accountId: '1', outcome: 'returned', gone: true } as const
    const marks: ReturnMarks = {
      locked: [],
      refused: [],
      protections: null,
      reads: [{ ...accountRead, at: '2026-11-24T10:00:05.000Z' }],
      readAt: '2026-11-24T10:00:10.000Z',
    }
    vi.stubGlobal('fetch', async () => Response.json(marks))
    const event = { type: 'numbers', ...holding('1', number), readAt: `2026-11-24T${time}.000Z` } as const
    const client = new QueryClient()
    client.setQueryData(numbersQuery.queryKey, take(begin(EMPTY_STATE), [event]))
    await client.fetchQuery(marksQuery)
    const state = client.getQueryData(numbersQuery.queryKey)
    expect(state?.holdings.get('1')?.numbers.map((held) => held.number)).toEqual(shown)
  },
)
