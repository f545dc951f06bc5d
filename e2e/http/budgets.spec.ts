import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import net, { type Socket } from 'node:net'
import type { Answer, ApiClient } from '../support/api-client.ts'
import { expect, test } from '../support/return-test.ts'
import { FRONT_DESK, placesIn, RETURN, type ReturnBody } from '../support/returns.ts'

const LISTS = /\/list(Organizations|Accounts)$/
type ReturnAnswer = Answer<ReturnBody>

const OTHERS_NUMBER = { number: '+13035550101', accountId: '200001' }

const HANG = { answer: { kind: 'hang' } } as const

/** A connection that asks for `path` and takes nothing of the answer but what the system buffers. */
async function deafReader({ url, cookie }: ApiClient, path: string): Promise<Socket> {
  const { host, port } = new URL(url)
  const socket = net.connect(Number(port), '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.pause()
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`)
  return socket
}

test.describe('with 60,000 numbers', () => {
  test.use({ sharedApp: null, sandboxArgs: [] })

  test('readers of the inventory that take nothing are four at most for a token, and are gone after half a minute', async ({
    signIn,
    sandbox,
  }) => {
    test.slow()
    await sandbox.control.reset({ size: { organizations: 100, accountsPerOrganization: 20, numbersPerAccount: 30 } })
    const hostile = await signIn()
    await hostile.events()
    const readers = await Promise.all(Array.from({ length: 4 }, () => deafReader(hostile, '/api/inventory')))
    await Promise.all(readers.map((socket) => once(socket, 'readable')))
    const refused = await hostile.get<{ code: string }>('/api/inventory')
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests'])
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    const other = await signIn(sandbox.tokens.otherReseller)
    expect((await other.get('/api/inventory?none=null')).status).toBe(200)
    const statusOf = async () => (await hostile.raw('/api/inventory', { method: 'HEAD' })).status
    await expect.poll(statusOf, { timeout: 60_000, intervals: [1_000] }).toBe(200)
    const whole = (await (await hostile.raw('/api/inventory')).arrayBuffer()).byteLength
    for (const socket of readers) {
      socket.resume()
      await once(socket, 'close')
      expect(socket.bytesRead).toBeLessThan(whole)
    }
  })
})

test('twelve readings that are asked for between returns begin four scans at most, and the others say when to come again', async ({
  api,
  sandbox: { control },
}) => {
  await api.client.events()
  await control.fault({ match: { path: 'phoneNumbers', targetAccountId: '100020' }, effect: HANG })
  await control.clearLog()
  const statuses: number[] = []
  const controllers: AbortController[] = []
  const places = (await placesIn(control, 12)).filter(({ accountId }) => accountId !== '100020')
  for (const place of places) {
    const controller = new AbortController()
    controllers.push(controller)
    const { status, body } = await api.client.raw('/api/numbers', { signal: controller.signal })
    statuses.push(status)
    // One that nobody reads is ended, and then another may begin.
    body?.pipeTo(new WritableStream()).catch(() => undefined)
    expect((await api.confirm(place)).status).toBe(200)
  }
  expect(statuses.filter((status) => status === 200)).toHaveLength(4)
  expect(new Set(statuses.slice(4))).toEqual(new Set([429]))
  const { entries } = await control.log()
  const begun = entries.filter(
    ({ path, query }) => path.endsWith('listOrganizations') && query.page === '0' && !query.active,
  )
  expect(begun).toHaveLength(4)
  for (const controller of controllers) controller.abort()
  await control.waitFor({ path: 'phoneNumbers', targetAccountId: '100020', aborted: true }, 1)
  await expect.poll(async () => (await api.client.raw('/api/session')).status).toBe(200)
})

test('those who wait for the same listing share it, and it ends with the last of them', async ({
  openApi,
  sandbox: { control },
}) => {
  const [one, two] = [await openApi(), await openApi()]
  await control.fault({ match: { path: 'listAccounts' }, effect: HANG })
  await control.clearLog()
  const controllers = Array.from({ length: 17 }, () => new AbortController())
  const answered: Response[] = []
  const waiting = controllers.map(({ signal }, index) =>
    (index % 2 ? one : two).client.raw(`/api/numbers?accountId=${900_000 + index}`, { signal }).then(
      (answer) => answered.push(answer),
      () => null,
    ),
  )
  // As many as two tokens may have under way.
  await control.waitFor({ path: 'listAccounts', status: 'hung' }, 8)
  await expect.poll(() => answered.length).toBe(1)
  expect([answered[0]?.status, await answered[0]?.json()]).toEqual([
    429,
    expect.objectContaining({ code: 'too_many_requests' }),
  ])
  const began = (await control.log()).entries.filter(({ path }) => LISTS.test(path))
  expect(began.filter(({ path }) => path.endsWith('listOrganizations'))).toHaveLength(2)
  const hung = began.filter(({ path }) => path.endsWith('listAccounts')).length
  for (const controller of controllers) controller.abort()
  await Promise.all(waiting)
  await control.waitFor({ path: 'listAccounts', aborted: true }, hung)
  const { total } = await control.log()
  await control.clearFaults()
  expect((await one.client.raw('/api/numbers?accountId=100001')).status).toBe(200)
  expect(total).toBe(began.length)
})

test('twenty returns of a token are under way at most; the others are not written down, and another token returns', async ({
  api,
  openApi,
  sandbox: { control, tokens },
}) => {
  await api.client.events()
  const places = await placesIn(control, 30)
  const held = await control.fault({ match: RETURN, effect: { waitAfterWork: true } })
  const requestIds = places.map(() => randomUUID())
  const confirm = (index: number) =>
    api.client.post<ReturnBody>('/api/numbers/return', { ...places[index], requestId: requestIds[index] })
  const answers = places.map((_, index) => confirm(index))
  const sent = await control.waitFor(RETURN, 20)
  const refusals: ReturnAnswer[] = []
  for (const answer of answers) void answer.then((each) => each.status === 429 && refusals.push(each))
  await expect.poll(() => refusals.length).toBe(10)
  for (const { body, headers } of refusals) {
    expect(body.code).toBe('too_many_returns')
    expect(body.detail).toContain('Nothing was sent.')
    expect(headers.get('retry-after')).toMatch(/^\d+$/)
  }
  const repeated = confirm(places.findIndex(({ number }) => number === sent[0]?.number))
  const other = await openApi(tokens.otherReseller)
  await control.release(held)
  expect((await repeated).body, 'a repeated confirmation is not told that nothing was sent').toMatchObject({
    outcome: 'returned',
  })
  expect((await other.confirm(OTHERS_NUMBER)).body).toMatchObject({ outcome: 'returned' })
  const all = await Promise.all(answers)
  expect(all.filter(({ body }) => body.outcome === 'returned')).toHaveLength(20)
  expect(await api.records()).toHaveLength(20)
  const again = places[all.findIndex(({ status }) => status === 429)]
  if (!again) throw new Error('none was refused')
  expect((await api.confirm(again)).body).toMatchObject({ outcome: 'returned' })
})

test.describe('where an unknown role may return', () => {
  test.use({ appEnv: { ALLOW_UNKNOWN_ROLE: '1' } })

  test('a token that owns nothing returns thirty numbers a minute by hand, and the owner of one of them is not held up', async ({
    api,
    openApi,
    sandbox: { control, tokens },
  }) => {
    const [place] = FRONT_DESK
    await api.treatReturns({ answer: { kind: 'status', status: 403, message: 'Not yours' } }, place.number)
    const hostile = await openApi(tokens.unknown)
    const statuses: number[] = []
    // More than thirty, as time passes meanwhile.
    while (statuses.at(-1) !== 429 && statuses.length < 60) {
      statuses.push((await hostile.confirm({ number: place.number, accountId: null })).status)
    }
    expect(statuses.pop()).toBe(429)
    expect(statuses.length).toBeGreaterThanOrEqual(30)
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await hostile.records()).toHaveLength(statuses.length)
    await control.clearFaults()
    expect((await api.confirm(place)).body).toMatchObject({ outcome: 'returned' })
  })
})
