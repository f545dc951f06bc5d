import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onlineManager, QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isSignedOut, NoAnswer, send } from '@/lib/client/fetch/api'
import type { Account } from '@/lib/domain/accounts/account'
import { held } from '@/lib/domain/accounts/testing/account-numbers'
import type { InventoryEvent } from '@/lib/domain/inventory/events'
import { EMPTY_STATE, type InventoryState, type Part, takeReads } from '@/lib/domain/inventory/state'
import { numbersQuery, readParts, updateKnownNumbers } from './inventory'

const app = createServer()
const realFetch = globalThis.fetch
/** What asks, in order; each answers as the test says. */
let asked: string[] = []

beforeEach(async () => {
  asked = []
  app.listen(0, '127.0.0.1')
  await once(app, 'listening')
  // An address object: this server listens on a port, not on a pipe.
  const { port } = app.address() as AddressInfo
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => realFetch(`http://127.0.0.1:${port}${path}`, init))
})

afterEach(async () => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  onlineManager.setOnline(true)
  app.removeAllListeners('request')
  app.closeAllConnections()
  app.close()
  await once(app, 'close')
})

function answer(how: (path: string, response: ServerResponse) => void): void {
  app.on('request', ({ url = '' }: IncomingMessage, response: ServerResponse) => {
    asked.push(url)
    how(url, response)
  })
}

const line = (event: InventoryEvent) => `${JSON.stringify(event)}\n`
const counts = { accountsFound: 1, accountsRead: 1, accountsFailed: 0 }
const done = line({ type: 'done', complete: true, ...counts, numbers: 0, readAt: '2026-11-24T00:00:00.000Z' })

function makeAccount(id: string): Account {
  return {
    id,
    name: `Agent ${id}`,
    active: true,
    canceledAt: null,
    canceledReason: null,
    organizationId: null,
    organizationName: null,
    organizationActive: null,
    organizationCanceledAt: null,
  }
}

/** Lets seconds pass, as timers count them, until a promise is settled. @returns how many it took. */
async function secondsUntil(settled: Promise<unknown>): Promise<number> {
  let over = false
  const note = () => {
    over = true
  }
  settled.then(note, note)
  for (let seconds = 0; ; seconds += 1) {
    // The network gets its turns in between.
    for (let turn = 0; turn < 5 && !over; turn += 1) await new Promise(setImmediate)
    if (over || seconds > 600) return seconds
    await vi.advanceTimersByTimeAsync(1_000)
  }
}

describe('a connection on which nothing comes any more', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })

  it('ends a scan after some missing heartbeats, and not before', async () => {
    const asks = once(app, 'request')
    answer((_path, response) => response.write(line({ type: 'progress', ...counts, accountsRead: 0 })))
    const scan = new QueryClient().fetchQuery(numbersQuery)
    await asks
    const seconds = await secondsUntil(scan)
    await expect(scan).rejects.toBeInstanceOf(NoAnswer)
    expect(seconds).toBeGreaterThanOrEqual(30)
    expect(seconds).toBeLessThanOrEqual(40)
  })

  it.each([
    ['GET', 30],
    ['POST', 180],
  ] as const)('ends a %s after %i seconds without an answer', async (method, limit) => {
    const asks = once(app, 'request')
    answer(() => undefined)
    const call = send('/api/returns', { method })
    await asks
    const seconds = await secondsUntil(call)
    await expect(call).rejects.toBeInstanceOf(NoAnswer)
    expect(Math.abs(seconds - limit)).toBeLessThanOrEqual(1)
  })
})

describe('a scan that the connection cut off', () => {
  it('is begun anew by itself when the connection was away meanwhile and is back', async () => {
    answer((_path, response) => {
      if (asked.length > 1) response.end(done)
      else
        response.write(line({ type: 'progress', ...counts, accountsRead: 0 }), () => {
          onlineManager.setOnline(false)
          onlineManager.setOnline(true)
          response.destroy()
        })
    })
    const state = await new QueryClient().fetchQuery(numbersQuery)
    expect(state.complete).toBe(true)
    expect(asked).toEqual(['/api/numbers', '/api/numbers'])
  })

  it('fails when the connection was there all the time', async () => {
    answer((_path, response) => response.write(line({ type: 'progress', ...counts }), () => response.destroy()))
    await expect(new QueryClient().fetchQuery(numbersQuery)).rejects.toBeInstanceOf(NoAnswer)
    expect(asked).toEqual(['/api/numbers'])
  })
})

it('account reads that come after a failed scan change the list, and the failure is still known', async () => {
  const event: InventoryEvent = { type: 'numbers', account: makeAccount('1'), numbers: [held('+12145550101')] }
  answer((_path, response) => response.write(line(event), () => response.destroy()))
  const client = new QueryClient()
  await expect(client.fetchQuery(numbersQuery)).rejects.toBeInstanceOf(NoAnswer)
  const read = { receiptId: 'R-1', accountId: '1', number: '+12145550101', outcome: 'returned', gone: true } as const
  updateKnownNumbers(client, (state) => takeReads(state, [{ ...read, at: '2026-11-24T10:00:00.000Z' }]))
  const query = client.getQueryState<InventoryState>(numbersQuery.queryKey)
  expect(query?.data?.holdings.get('1')?.numbers).toEqual([])
  expect(query?.error).toBeInstanceOf(NoAnswer)
})

describe('reading failed parts again', () => {
  const parts = ['1', '2', '3', '4', '5', '6', '7'].map((id): Part => ({ kind: 'account', id, name: `Agent ${id}` }))

  function clientWithProblems(): QueryClient {
    const client = new QueryClient()
    const problems = parts.map(({ id, name }) => ({
      type: 'problem' as const,
      code: 'read_failed',
      detail: 'Vida failed.',
      account: { id, name },
    }))
    const state: InventoryState = { ...EMPTY_STATE, problems, ended: true, accountsFound: 7, accountsFailed: 7 }
    client.setQueryData(numbersQuery.queryKey, state)
    return client
  }
  const stateOf = (client: QueryClient) => client.getQueryData(numbersQuery.queryKey) ?? EMPTY_STATE
  const idOf = (path: string) => path.split('=')[1] ?? ''
  const whole = (path: string) => line({ type: 'numbers', account: makeAccount(idOf(path)), numbers: [] }) + done

  it('goes on with the others when the answer for one breaks off, and keeps that one as a problem with its reason', async () => {
    answer((path, response) => {
      if (idOf(path) === '2') response.destroy()
      else response.end(whole(path))
    })
    const client = clientWithProblems()
    await readParts(client, parts, new AbortController().signal)
    expect([...stateOf(client).read].toSorted()).toEqual(['1', '3', '4', '5', '6', '7'])
    expect(stateOf(client).problems).toMatchObject([
      { account: { id: '2' }, detail: 'The app cannot be reached. Check the connection.' },
    ])
  })

  it('stops at once, and without an error, when it is not wanted any more', async () => {
    const wanted = new AbortController()
    answer(() => asked.length === 4 && wanted.abort())
    const client = clientWithProblems()
    await readParts(client, parts, wanted.signal)
    expect(asked).toHaveLength(4)
    expect(stateOf(client).problems).toHaveLength(7)
  })

  it('asks for nothing more once it is signed out', async () => {
    answer((_path, response) => {
      response.writeHead(401, { 'content-type': 'application/problem+json' })
      response.end(JSON.stringify({ code: 'signed_out', detail: 'Sign in.' }))
    })
    const reading = readParts(clientWithProblems(), parts, new AbortController().signal)
    await expect(reading).rejects.toSatisfy(isSignedOut)
    expect(asked.length).toBeLessThanOrEqual(4)
  })
})
