import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Answer, Effect } from './faults.ts'
import { type Sandbox, startSandbox } from './sandbox.ts'
import { get, oneConnection, postReturn, vidaUrl } from './test-client.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
beforeEach(() => sandbox.control.reset())
afterAll(() => sandbox.close())

const number = '+12145550101'
const returns = { path: 'phoneNumber/return' }

const fault = (effect: Effect) => sandbox.control.fault({ match: returns, effect })
const held = async () => (await sandbox.control.numbers()).some((place) => place.number === number)
const bytes = (body: string) => Buffer.byteLength(body)

describe('rules', () => {
  test('apply in their order, after those skipped and as often as they say', async () => {
    const match = { path: 'phoneNumbers', targetAccountId: '100001' }
    await sandbox.control.fault({ match, skip: 1, times: 2, effect: { answer: { kind: 'status', status: 429 } } })
    await sandbox.control.fault({ match, times: 1, effect: { answer: { kind: 'status', status: 503 } } })
    const seen = []
    for (let at = 0; at < 5; at += 1) {
      seen.push((await get(sandbox, 'reseller', 'phoneNumbers', { targetAccountId: 100001 })).status)
    }
    expect((await get(sandbox, 'reseller', 'phoneNumbers', { targetAccountId: 100002 })).status).toBe(200)
    // The first request is skipped by the first rule and so belongs to the second.
    expect(seen).toEqual([503, 429, 429, 200, 200])
  })

  test('are gone when they are cleared', async () => {
    await fault({ answer: { kind: 'status', status: 500 } })
    await sandbox.control.clearFaults()
    expect((await postReturn(sandbox, number)).status).toBe(200)
  })
})

describe('answers', () => {
  const bodies: [string, Answer, number, unknown][] = [
    [
      'a status in the envelope',
      { kind: 'status', status: 409, message: 'Busy' },
      409,
      '{"success":false,"message":"Busy"}',
    ],
    ['any JSON', { kind: 'status', status: 200, body: { success: 'yes' } }, 200, '{"success":"yes"}'],
    ['a redirect', { kind: 'redirect', status: 302, location: 'https://example.com/' }, 302, ''],
    ['HTML', { kind: 'html' }, 200, expect.stringContaining('<h1>')],
    ['nothing', { kind: 'empty' }, 200, ''],
    ['no success', { kind: 'without-success' }, 200, '{"message":"Success"}'],
    ['success: false', { kind: 'success-false', message: 'No' }, 200, '{"success":false,"message":"No"}'],
    ['no JSON', { kind: 'malformed' }, 200, expect.stringContaining(',,')],
  ]
  test.each(bodies)('can be %s, with the number left where it is', async (_name, answer, status, body) => {
    await fault({ answer })
    const response = await postReturn(sandbox, number)
    expect([response.status, await response.text()]).toEqual([status, body])
    expect(await held()).toBe(true)
  })

  test('can carry headers', async () => {
    await fault({ answer: { kind: 'status', status: 429, headers: { 'retry-after': '7' } } })
    expect((await postReturn(sandbox, number)).headers.get('retry-after')).toBe('7')
  })

  test('can be cut, with or without the connection', async () => {
    await sandbox.control.fault({ match: returns, times: 1, effect: { answer: { kind: 'truncated', by: 'body' } } })
    await fault({ answer: { kind: 'truncated', by: 'connection' } })
    expect(await (await postReturn(sandbox, number)).text()).toBe('{"success":true,"m')
    expect(await held()).toBe(false)
    await expect(postReturn(sandbox, '+12145550102').then((response) => response.text())).rejects.toThrow()
  })

  test('can drip, and can be huge and still JSON', async () => {
    await sandbox.control.fault({
      match: returns,
      times: 1,
      effect: { answer: { kind: 'drip', bytes: 10, everyMs: 1 } },
    })
    expect(await (await postReturn(sandbox, number)).json()).toMatchObject({ success: true })
    await sandbox.control.fault({ match: { path: 'account' }, effect: { answer: { kind: 'huge', megabytes: 2 } } })
    const text = await (await fetch(vidaUrl(sandbox, 'reseller', 'account'))).text()
    expect(bytes(text)).toBeGreaterThan(2 * 1024 * 1024)
    expect(JSON.parse(text)).toMatchObject({ name: 'Northwind Voice' })
  })

  test('can be endless until the client leaves', async () => {
    await sandbox.control.fault({ effect: { answer: { kind: 'endless' } } })
    const response = await fetch(vidaUrl(sandbox, 'reseller', 'account'))
    const reader = response.body?.getReader()
    for (let read = 0; read < 500_000; ) read += (await reader?.read())?.value?.length ?? Number.POSITIVE_INFINITY
    await reader?.cancel()
    await expect(sandbox.control.waitFor({ aborted: true })).resolves.toHaveLength(1)
  })
})

describe('the moment of the work', () => {
  test('success can be a lie', async () => {
    await fault({ work: 'never' })
    expect(await (await postReturn(sandbox, number)).json()).toMatchObject({ success: true })
    expect(await held()).toBe(true)
  })

  test.each([
    ['before', 'never'],
    ['after', 'now'],
  ] as const)('the connection drops %s the work', async (_when, work) => {
    await fault({ work, answer: { kind: 'drop' } })
    await expect(postReturn(sandbox, number)).rejects.toThrow()
    expect(await held()).toBe(work === 'never')
    expect((await sandbox.control.log()).entries).toMatchObject([{ status: 'dropped', aborted: false }])
  })

  test('the work comes after an answer that says nothing', async () => {
    await fault({ work: { afterMs: 30 }, answer: { kind: 'status', status: 500 } })
    expect((await postReturn(sandbox, number)).status).toBe(500)
    await sandbox.control.waitFor({ ...returns, worked: true })
    expect(await held()).toBe(false)
  })

  test('a hung request is seen, and so is the client that gives up', async () => {
    await fault({ work: 'now', answer: { kind: 'hang' } })
    const leaving = new AbortController()
    const sent = postReturn(sandbox, number, 'reseller', leaving.signal)
    await sandbox.control.waitFor({ number, status: 'hung' })
    expect(await held()).toBe(false)
    leaving.abort()
    await expect(sent).rejects.toThrow()
    await sandbox.control.waitFor({ number, aborted: true, settled: true })
  })

  test('delays come before and after it', async () => {
    await fault({ delayBeforeWorkMs: 20, delayAfterWorkMs: 20 })
    const start = performance.now()
    const sent = postReturn(sandbox, number)
    const [working] = await sandbox.control.waitFor({ number, worked: true })
    expect(working?.status).toBeNull()
    expect((await sent).status).toBe(200)
    expect(performance.now() - start).toBeGreaterThanOrEqual(38)
  })
})

describe('a request that waits', () => {
  const waits = [{ waitBeforeWork: true }, { waitAfterWork: true }] as const

  test.each(waits)('goes on when it is released, and later ones do not wait: %o', async (effect) => {
    const { control } = sandbox
    const id = await fault(effect)
    const sent = postReturn(sandbox, number)
    await control.waitFor({ number, worked: 'waitAfterWork' in effect })
    expect((await control.log()).entries).toMatchObject([{ status: null, fault: id }])
    expect(await held()).toBe('waitBeforeWork' in effect)
    await control.release(id)
    expect((await sent).status).toBe(200)
    expect(await held()).toBe(false)
    expect((await postReturn(sandbox, number)).status).toBe(404)
    await expect(control.release(id + 1)).rejects.toThrow(`no fault ${id + 1}`)
  })

  test.each(waits)('goes on when the faults are cleared: %o', async (effect) => {
    await fault(effect)
    const sent = postReturn(sandbox, number)
    await sandbox.control.waitFor({ number, worked: 'waitAfterWork' in effect })
    await sandbox.control.clearFaults()
    expect((await sent).status).toBe(200)
    expect(await held()).toBe(false)
  })

  test.each(['reset', 'close'] as const)('ends without its work at %s', async (how) => {
    const another = await startSandbox()
    await another.control.fault({ effect: { waitBeforeWork: true } })
    const answer = expect(postReturn(another, number)).rejects.toThrow()
    await another.control.waitFor({ number })
    await (how === 'reset' ? another.control.reset() : another.close())
    await answer
    await another.control.clearFaults()
    expect((await another.control.numbers()).map((place) => place.number)).toContain(number)
    await another.close()
  })
})

describe('connections', () => {
  test('die under the next request when they are stale', async () => {
    await sandbox.control.fault({ times: 1, effect: { answer: { kind: 'stale-keep-alive' } } })
    const connection = oneConnection()
    const url = vidaUrl(sandbox, 'reseller', 'account')
    expect(await connection.get(url)).toBe(200)
    await expect(connection.get(url)).rejects.toThrow()
    expect(await connection.get(url)).toBe(200)
    connection.close()
    const { entries } = await sandbox.control.log()
    expect(entries.map((entry) => [entry.status, entry.requestOnConnection])).toEqual([
      [200, 1],
      ['dropped', 2],
      [200, 1],
    ])
    expect(entries[2]?.connection).not.toBe(entries[0]?.connection)
  })
})

describe('lists', () => {
  const page = async (at: number) => {
    const query = { targetResellerId: 70001, pagination: true, page: at, pageSize: 3 }
    return JSON.stringify((await get(sandbox, 'reseller', 'listOrganizations', query)).body)
  }

  test('can repeat their first page', async () => {
    await sandbox.control.configure({ listShape: 'bare' })
    await sandbox.control.fault({ match: { path: 'listOrganizations' }, effect: { variant: { paging: 'repeating' } } })
    expect(await page(5)).toBe(await page(0))
  })

  test('can never end, with organizations and accounts that are made up', async () => {
    await sandbox.control.fault({ match: { path: 'listOrganizations' }, effect: { variant: { paging: 'endless' } } })
    expect(await page(40)).toContain('Made up 122')
    expect(await page(40)).not.toContain('totalOrganizations')
    const id = /"id":"?(\d+)/.exec(await page(40))?.[1] ?? ''
    const numbers = await get(sandbox, 'reseller', 'phoneNumbers', { targetAccountId: id })
    expect(numbers.body).toEqual({ success: true, phoneNumbers: [] })
  })

  test('can have another order on each page, and then state no total', async () => {
    const effect = { variant: { paging: 'shuffled' } } as const
    await sandbox.control.fault({ match: { path: 'listOrganizations' }, effect })
    await sandbox.control.fault({ match: { path: 'phoneNumbers' }, effect })
    const pages = await Promise.all([0, 0, 0, 0].map(page))
    expect(new Set(pages).size).toBeGreaterThan(1)
    expect(pages.join()).not.toContain('total')
    await sandbox.control.configure({ numbersPageSize: 3, numbersShape: 'strings' })
    const { body } = await get(sandbox, 'reseller', 'phoneNumbers', { targetAccountId: 100001 })
    expect(body).toEqual({
      success: true,
      phoneNumbers: [1, 2, 3].map(() => expect.stringMatching(/^\+1214555010[1-4]$/)),
      pageSize: 3,
      pageNumber: 0,
    })
  })

  test('can answer in an unknown shape for one account alone', async () => {
    await sandbox.control.fault({
      match: { targetAccountId: '100002' },
      effect: { variant: { numbersShape: 'other-key' } },
    })
    const { body } = await get(sandbox, 'reseller', 'phoneNumbers', { targetAccountId: 100002 })
    expect(body).toEqual({ success: true, items: {} })
  })
})
