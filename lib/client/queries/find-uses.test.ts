import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, it, vi } from 'vitest'
import type { UseEvent } from '@/lib/domain/use/events'
import { findUses } from './find-uses'
import { usesQuery, usesRunQuery } from './uses'

const usage = (accountId: string, readAt = '2026-11-28T10:32:00.000Z'): UseEvent => {
  return { type: 'use', accountId, readAt, coveredSince: null, account: null, numbers: {} }
}
const failed: UseEvent = { type: 'problem', accountId: '2', code: 'account_unreadable', detail: 'Vida did not answer.' }
const done: UseEvent = { type: 'done', complete: true }

afterEach(() => {
  vi.unstubAllGlobals()
})

/** An answer of the app, which goes on as the test says. */
function answering(): { send: (...events: UseEvent[]) => void; end: () => void; client: QueryClient } {
  let lines: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      lines = controller
    },
  })
  vi.stubGlobal('fetch', (_path: string, { signal }: RequestInit) => {
    signal?.addEventListener('abort', () => lines?.error(signal.reason))
    return Promise.resolve(new Response(body))
  })
  const write = (event: UseEvent) => lines?.enqueue(new TextEncoder().encode(`${JSON.stringify(event)}\n`))
  return { send: (...events) => events.forEach(write), end: () => lines?.close(), client: new QueryClient() }
}

const known = (client: QueryClient) => [...(client.getQueryData(usesQuery.queryKey)?.keys() ?? [])]
const runOf = (client: QueryClient) => client.getQueryData(usesRunQuery.queryKey)

it('keeps what was read, and says nothing more once all accounts are', async () => {
  const { send, end, client } = answering()
  const reading = findUses(client, ['1', '2'], 2)
  expect(runOf(client)).toMatchObject({ running: true, accounts: 2, left: ['1', '2'] })
  send(usage('1'), usage('2'), done)
  end()
  expect(await reading).toMatchObject({ running: false, left: [], failure: null })
  expect(known(client)).toEqual(['1', '2'])
  expect(runOf(client)).toBeNull()
})

it('keeps what was read when it is stopped, and which accounts are left', async () => {
  const { send, client } = answering()
  const reading = findUses(client, ['1', '2', '3'], 3)
  send(usage('1'))
  await vi.waitFor(() => expect(runOf(client)?.left).toEqual(['2', '3']))
  runOf(client)?.stop()
  expect(await reading).toMatchObject({ running: false, left: ['2', '3'], failure: null, problems: [] })
  expect(known(client)).toEqual(['1'])
  expect(runOf(client)).toMatchObject({ running: false })
})

it('names the accounts that could not be read, and why it ended early', async () => {
  const { send, end, client } = answering()
  const reading = findUses(client, ['1', '2', '3'], 3)
  send(usage('1'), failed)
  end()
  const problems = [{ accountId: '2', detail: 'Vida did not answer.' }]
  expect(await reading).toMatchObject({
    left: ['2', '3'],
    problems,
    failure: 'The app’s answer was cut off. Try again.',
  })
})

it('does not take an older reading for a newer one', async () => {
  const { send, end, client } = answering()
  const reading = findUses(client, ['1'], 1)
  send(usage('1'), usage('1', '2026-11-27T00:00:00.000Z'), done)
  end()
  await reading
  expect(client.getQueryData(usesQuery.queryKey)?.get('1')?.readAt).toBe('2026-11-28T10:32:00.000Z')
})

it('ends the session of a page whose session is over', async () => {
  const { send, client } = answering()
  const reading = findUses(client, ['1'], 1)
  send({ type: 'problem', accountId: null, code: 'signed_out', detail: 'Your session has ended.' })
  await expect(reading).rejects.toMatchObject({ code: 'signed_out' })
  expect(runOf(client)).toMatchObject({ running: false })
})
