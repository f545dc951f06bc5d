import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { recordOf } from '@/lib/domain/returns/testing/records'
import { readHistory } from './history'

const FILTER = { search: 'x', outcomes: ['returned'], from: '', to: '' }
const PAGES = 4
let asked: URLSearchParams[] = []

const app = createServer(({ url = '' }, response) => {
  const query = new URL(url, 'http://app').searchParams
  asked.push(query)
  const page = Number(query.get('cursor') ?? 0)
  const returns = Array.from({ length: 200 }, (_, index) => recordOf({ receiptId: `R-${page}-${index}` }))
  const nextCursor = page + 1 < PAGES ? String(page + 1) : null
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ returns, batches: [], nextCursor }))
})

beforeEach(async () => {
  asked = []
  app.listen(0, '127.0.0.1')
  await once(app, 'listening')
  // An address object: this server listens on a port, not on a pipe.
  const { port } = app.address() as AddressInfo
  const realFetch = globalThis.fetch
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => realFetch(`http://127.0.0.1:${port}${path}`, init))
})

afterEach(async () => {
  vi.unstubAllGlobals()
  app.closeAllConnections()
  app.close()
  await once(app, 'close')
})

it('reads all that matches, page after page in the largest pages', async () => {
  const { returns, more } = await readHistory(FILTER, 10_000)
  expect(returns.map(({ receiptId }) => receiptId)).toEqual([...new Set(returns.map(({ receiptId }) => receiptId))])
  expect(returns).toHaveLength(800)
  expect(more).toBe(false)
  expect(asked.map((query) => query.get('cursor'))).toEqual([null, '1', '2', '3'])
  for (const query of asked) expect([query.get('search'), query.get('limit')]).toEqual(['x', '200'])
})

it('stops where enough was read, and says that there is more', async () => {
  const { returns, more } = await readHistory(FILTER, 400)
  expect(returns).toHaveLength(400)
  expect(more).toBe(true)
  expect(asked).toHaveLength(2)
})
