import { once } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { collect, rejection, sendJson, serve, TOKEN, testClient, unusedUrl } from '@/lib/server/vida/testing/server'
import { VidaFailure } from './failure'
import { Pace } from './pace'

const NUMBERS = { success: true, phoneNumbers: ['+12145551234'] }

describe('reads', () => {
  it('asks for what the documented calls take', async () => {
    await using vida = await serve(({ url }, response) => {
      if (url.pathname.endsWith('/account'))
        return sendJson(response, 200, { id: url.searchParams.get('targetAccountId') ?? 1 })
      if (url.pathname.endsWith('/phoneNumbers')) return sendJson(response, 200, NUMBERS)
      sendJson(response, 200, { success: true, accounts: [] })
    })
    const client = testClient(vida.baseUrl)
    await client.whoAmI()
    await client.account('7')
    await client.numbers('7')
    await Promise.all([
      collect(client.resellers('p')),
      collect(client.organizations('r')),
      collect(client.accounts('o')),
    ])
    const list = (call: string, parent: string) => [
      `/api/v2/${call}?${parent}&pagination=true&page=0&pageSize=100`,
      `/api/v2/${call}?${parent}&pagination=true&page=0&pageSize=100&active=false`,
    ]
    const token = new URLSearchParams({ token: TOKEN }).toString()
    expect(vida.seen.map(({ rawUrl }) => rawUrl).toSorted()).toEqual(
      [
        '/api/v2/account?',
        '/api/v2/account?targetAccountId=7',
        '/api/v2/phoneNumbers?targetAccountId=7',
        ...list('listResellers', 'targetPartnerId=p'),
        ...list('listOrganizations', 'targetResellerId=r'),
        ...list('listAccounts', 'targetOrganizationId=o'),
      ]
        .map((url) => `${url}${url.endsWith('?') ? '' : '&'}${token}`)
        .toSorted(),
    )
    expect(vida.seen.every(({ method, body }) => method === 'GET' && body === '')).toBe(true)
  })

  it('tries a 5xx or a broken connection again, three times at most, on a connection of its own', async () => {
    await using mended = await serve((_, response, nth) =>
      nth < 2 ? sendJson(response, 503, {}) : sendJson(response, 200, NUMBERS),
    )
    expect(await testClient(mended.baseUrl).numbers('7')).toMatchObject({ numbers: [{}] })
    expect(mended.seen.map(({ headers }) => headers.connection)).toEqual(['keep-alive', 'close', 'close'])

    await using broken = await serve((_, response) =>
      sendJson(response, 500, { success: false, message: 'Out of order' }),
    )
    expect(await rejection(testClient(broken.baseUrl).numbers('7'))).toMatchObject({
      code: 'read_failed',
      status: 500,
      vidaMessage: 'Out of order',
    })
    expect(broken.seen).toHaveLength(3)

    await using reset = await serve((_, response) => response.destroy())
    expect(await rejection(testClient(reset.baseUrl).numbers('7'))).toMatchObject({
      code: 'read_unreachable',
      status: null,
    })
    expect(reset.seen).toHaveLength(3)
  })

  it('survives a kept-alive connection that the server closed meanwhile', async () => {
    await using vida = await serve((_, response, nth) => {
      sendJson(response, 200, NUMBERS)
      if (nth === 0) response.on('finish', () => setImmediate(() => response.socket?.resetAndDestroy()))
    })
    const client = testClient(vida.baseUrl)
    await client.numbers('7')
    expect(await client.numbers('7')).toMatchObject({ numbers: [{}] })
  })

  it('says read_unreachable when nothing listens and read_timed_out after three silent attempts', async () => {
    expect(await rejection(testClient(await unusedUrl()).whoAmI())).toMatchObject({
      code: 'read_unreachable',
      status: null,
    })
    await using silent = await serve(() => {})
    const client = testClient(silent.baseUrl, { deadlines: { attemptMs: 200 } })
    expect(await rejection(client.whoAmI())).toMatchObject({ code: 'read_timed_out' })
    expect(silent.seen).toHaveLength(3)
  })

  it('ends a slow drip by the attempt’s deadline, and the whole read by its own', async () => {
    await using drip = await serve((_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write(' '), 5)
      response.on('close', () => clearInterval(timer))
    })
    const started = performance.now()
    const client = testClient(drip.baseUrl, { deadlines: { attemptMs: 400, totalMs: 700 } })
    expect(await rejection(client.numbers('7'))).toMatchObject({ code: 'read_timed_out' })
    expect(performance.now() - started).toBeLessThan(3_000)
    expect(drip.seen).toHaveLength(2)
  })

  it('follows the pages of a number list, and takes a 404 to a later one for a failure', async () => {
    await using vida = await serve(({ url }, response) => {
      const page = url.searchParams.get('page')
      const [account, all] = [url.searchParams.get('targetAccountId'), ['+12145551234', '+12145551235']]
      if (account === '8' && page !== null) return sendJson(response, 404, { message: 'No such page' })
      sendJson(response, 200, {
        phoneNumbers: all.slice(Number(page), Number(page) + 1),
        pageSize: 1,
        pageNumber: page ?? 0,
      })
    })
    const client = testClient(vida.baseUrl)
    expect((await client.numbers('7')).numbers.map(({ number }) => number)).toEqual(['+12145551234', '+12145551235'])
    expect(vida.seen.map(({ url }) => url.searchParams.get('page'))).toEqual([null, '1', '2'])
    expect(await rejection(client.numbers('8'))).toMatchObject({ code: 'read_refused', status: 404 })
  })

  it('does not try again what is too large, refused, not found or not understood', async () => {
    const answers: [number, unknown, object][] = [
      [401, { message: 'Bad token' }, { code: 'unauthorized', status: 401, vidaMessage: 'Bad token' }],
      [403, { error: { message: 'Not yours' } }, { code: 'read_refused', status: 403, vidaMessage: 'Not yours' }],
      [
        404,
        { success: false, message: 'No such call' },
        { code: 'not_offered', status: 404, vidaMessage: 'No such call' },
      ],
      [400, 'x', { code: 'read_refused', status: 400, vidaMessage: null }],
      [200, { success: false, error: 'Nope' }, { code: 'read_refused', status: 200, vidaMessage: 'Nope' }],
      [204, undefined, { code: 'unknown_shape', status: 204 }],
      [302, {}, { code: 'unknown_shape', status: 302 }],
      [200, null, { code: 'unknown_shape', status: 200 }],
    ]
    await using vida = await serve(({ url }, response) => {
      const [status, value] = answers[Number(url.searchParams.get('targetAccountId'))] ?? [500]
      sendJson(response, status, value)
    })
    for (const [index, [, , failure]] of answers.entries()) {
      expect(await rejection(testClient(vida.baseUrl).numbers(String(index)))).toMatchObject(failure)
    }
    expect(vida.seen).toHaveLength(answers.length)

    await using large = await serve((_, response) => response.writeHead(200, { 'content-length': 11 << 20 }).write('['))
    expect(await rejection(testClient(large.baseUrl).numbers('7'))).toMatchObject({ code: 'answer_too_large' })
    expect(large.seen).toHaveLength(1)
  })

  it.each(['', '<html>', '{"success":true,"phoneNumbers":["+1214555', 'null', '0', '[null]', '{"phoneNumbers":{}}'])(
    'never takes %j for an account without numbers',
    async (text) => {
      await using vida = await serve((_, response) => response.end(text))
      expect(await rejection(testClient(vida.baseUrl).numbers('7'))).toMatchObject({
        code: 'unknown_shape',
        status: 200,
      })
    },
  )

  it('meets arbitrary answers with a result or a VidaFailure', async () => {
    let next = { status: 200, text: '' }
    await using vida = await serve((_, response) => response.writeHead(next.status).end(next.text))
    const client = testClient(vida.baseUrl)
    const text = fc.oneof(fc.json(), fc.string())
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(200, 201, 302, 400, 401, 404, 418), text, async (status, body) => {
        next = { status, text: body }
        const reads = [client.whoAmI(), client.numbers('7'), client.account('7'), collect(client.accounts('7'))]
        for (const read of await Promise.allSettled(reads)) {
          if (read.status === 'rejected') expect(read.reason).toBeInstanceOf(VidaFailure)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('says unknown_shape when Vida answers about another account than the one asked for', async () => {
    await using vida = await serve((_, response) => sendJson(response, 200, { id: 1, vidaPhoneNumber: '+12145551234' }))
    expect(await testClient(vida.baseUrl).account('1')).toMatchObject({ id: '1', mainNumber: '+12145551234' })
    expect(await rejection(testClient(vida.baseUrl).account('2'))).toMatchObject({ code: 'unknown_shape' })
  })
})

describe('stopping', () => {
  it('rejects with an AbortError, wherever the read is, and asks nothing more', async () => {
    await using silent = await serve(() => {})
    const pace = new Pace(1)
    const client = testClient(silent.baseUrl, { pace, deadlines: { attemptMs: 5_000 } })
    const controller = new AbortController()
    const { signal } = controller
    const reads = [
      client.numbers('1', { signal }),
      client.numbers('2', { signal }),
      collect(client.accounts('3', signal)),
    ]
    const ends = Promise.all(reads.map(rejection))
    await vi.waitUntil(() => silent.seen.length === 1)
    controller.abort()
    for (const error of await ends) expect(error).toMatchObject({ name: 'AbortError' })
    expect(await rejection(client.whoAmI(signal))).toMatchObject({ name: 'AbortError' })
    expect(pace.underWay).toBe(0)
    expect(silent.seen).toHaveLength(1)
  })

  it('happens between two attempts as well', async () => {
    await using vida = await serve((_, response) => sendJson(response, 500, {}))
    const controller = new AbortController()
    const client = testClient(vida.baseUrl, { deadlines: { backoffMs: 60_000, totalMs: 600_000 } })
    const end = rejection(client.numbers('1', { signal: controller.signal }))
    await vi.waitUntil(() => vida.seen.length === 1)
    controller.abort()
    expect(await end).toMatchObject({ name: 'AbortError' })
  })

  it('stops the reads behind a list that is not iterated any more', async () => {
    let closed: Promise<unknown> | undefined
    await using vida = await serve(({ url }, response) => {
      if (url.searchParams.get('page') === '0' && !url.searchParams.has('active')) {
        return sendJson(response, 200, { accounts: [{ id: 1, active: true }], total: 5 })
      }
      closed = once(response, 'close')
    })
    const pace = new Pace(4)
    const client = testClient(vida.baseUrl, { pace, deadlines: { attemptMs: 5_000 } })
    for await (const batch of client.accounts('o')) {
      expect(batch).toHaveLength(1)
      break
    }
    await closed
    await vi.waitUntil(() => pace.underWay === 0)
  })
})
