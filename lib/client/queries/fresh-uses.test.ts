import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import type { AccountUse } from '@/lib/domain/use/use'
import { freshUses, readUsesQuery } from './fresh-uses'
import { usesQuery } from './uses'

const MINUTE = 60_000
const use = (accountId: string, minutesAgo: number): AccountUse => {
  const readAt = new Date(Date.now() - minutesAgo * MINUTE).toISOString()
  return { accountId, readAt, coveredSince: null, account: null, numbers: {} }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

test('what was read in the last ten minutes is not read again, and what comes is known to the list', async () => {
  const asked: unknown[] = []
  vi.stubGlobal('fetch', async (_path: string, { method, body }: RequestInit) => {
    if (method !== 'POST') return Response.json({ accounts: [use('1', 3), use('2', 60)] })
    asked.push(JSON.parse(String(body)))
    const lines = [
      { type: 'use', ...use('2', 0) },
      { type: 'use', ...use('3', 0) },
      { type: 'done', complete: true },
    ]
    return new Response(lines.map((line) => JSON.stringify(line)).join('\n'))
  })
  const client = new QueryClient()
  const ids = ['1', '2', '3']
  await client.fetchQuery(readUsesQuery(ids))
  expect(asked).toEqual([{ accountIds: ['2', '3'] }])
  const known = client.getQueryData(usesQuery.queryKey) ?? new Map()
  expect([...freshUses(known, ids, Date.now()).keys()]).toEqual(ids)
  await client.fetchQuery({ ...readUsesQuery(ids), staleTime: 0 })
  expect(asked).toHaveLength(1)
})
