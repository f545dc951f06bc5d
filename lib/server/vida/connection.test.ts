import { afterEach, expect, it, vi } from 'vitest'
import { sharedIn } from '@/lib/server/process/shared'
import { serve } from '@/lib/server/vida/testing/server'
import { createVidaFor } from './connection'

afterEach(() => {
  vi.useRealTimers()
})

it('asks once a day whether number lists of a usual length go on, for all clients of an identity', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const phoneNumbers = Array.from({ length: 20 }, (_, nth) => `+121455501${String(nth).padStart(2, '0')}`)
  await using server = await serve((_request, response) => response.end(JSON.stringify({ phoneNumbers })))
  const vidaFor = createVidaFor({ vidaBaseUrl: server.baseUrl, readOnly: false, vidaConcurrency: 4 }, sharedIn({}))
  const requests = async (identity = 'me') => {
    const before = server.seen.length
    await vidaFor({ token: 'token', identity }).numbers('1')
    return server.seen.length - before
  }
  expect([await requests(), await requests(), await requests('other')]).toEqual([3, 1, 3])
  vi.setSystemTime(Date.now() + 86_400_000 - 1)
  expect(await requests()).toBe(1)
  vi.setSystemTime(Date.now() + 1)
  expect([await requests(), await requests()]).toEqual([3, 1])
})
