import { join } from 'node:path'
import { type ApiClient, clientWith } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { lastOf } from '../support/inventory.ts'
import { startApp } from '../support/servers.ts'

interface Seen {
  number: string
  accounts: { accountId: string; since: string; atLeast: boolean }[]
  code?: string
}

const NUMBER = '+12145550101'
const seenOf = async (client: ApiClient, number = NUMBER) =>
  (await client.get<Seen>(`/api/inventory/seen?number=${encodeURIComponent(number)}`)).body.accounts

test('a number that the first reading found is there since at least then, one that came later since it was found', async ({
  signIn,
  sandbox,
}) => {
  const client = await signIn()
  expect(await seenOf(client)).toEqual([])
  const asked = new Date().toISOString()
  const { readAt = '' } = lastOf(await client.events())
  expect(readAt >= asked).toBe(true)
  const [first] = await seenOf(client)
  expect(first).toMatchObject({ accountId: '100001', atLeast: true })
  expect(first && first.since >= readAt && first.since <= new Date().toISOString()).toBe(true)

  await sandbox.control.addNumber('+12145550177', '100005')
  const before = new Date().toISOString()
  await client.events()
  expect(await seenOf(client)).toEqual([first])
  const [later] = await seenOf(client, '+12145550177')
  expect(later).toMatchObject({ accountId: '100005', atLeast: false })
  expect(later && later.since >= before).toBe(true)
})

test('it begins anew for a number that moved, and is told for both accounts that hold one', async ({
  signIn,
  sandbox,
}) => {
  const { control } = sandbox
  const client = await signIn()
  await client.events()
  await control.moveNumber(NUMBER, '100005')
  await control.addNumber('+12145550102', '100005')
  await client.events()
  expect(await seenOf(client)).toMatchObject([{ accountId: '100005', atLeast: false }])
  expect(await seenOf(client, '+12145550102')).toMatchObject([
    { accountId: '100001', atLeast: true },
    { accountId: '100005', atLeast: false },
  ])
})

test('it begins anew for a number that was returned and came back, with no reading of the whole list in between', async ({
  signIn,
  sandbox,
}) => {
  const client = await signIn()
  await client.events()
  await client.post('/api/numbers/return', { number: NUMBER, accountId: '100001', note: null })
  expect(await seenOf(client)).toEqual([])
  await sandbox.control.addNumber(NUMBER, '100001')
  await client.events('?accountId=100001')
  expect(await seenOf(client)).toMatchObject([{ accountId: '100001', atLeast: false }])
})

test('another identity has readings of its own', async ({ signIn, sandbox }) => {
  const client = await signIn()
  await client.events()
  expect(await seenOf(await signIn(sandbox.tokens.partner))).toEqual([])
  expect((await fetch(`${client.url}/api/inventory/seen?number=${encodeURIComponent(NUMBER)}`)).status).toBe(401)
})

test.describe('with an app of its own', () => {
  test.use({ sharedApp: null })

  test('it survives a restart of the server, and the next reading goes on from it', async ({
    signIn,
    app,
    sandbox,
    dataDir,
  }) => {
    const client = await signIn()
    await client.events()
    const before = await seenOf(client)
    await app.stop()
    const next = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data') })
    try {
      const again = clientWith(next.url, client.cookie)
      expect(await seenOf(again)).toEqual(before)
      await again.events()
      expect(await seenOf(again)).toEqual(before)
    } finally {
      await next.stop()
    }
  })
})

test('what is no number is 400', async ({ signIn }) => {
  const client = await signIn()
  // The last one: a plus sign that nobody encoded is a space.
  for (const query of ['', '?number=', '?number=%25', '?number=2145550101', `?number=${NUMBER}`]) {
    const { status, body } = await client.get<Seen>(`/api/inventory/seen${query}`)
    expect([status, body.code], query).toEqual([400, 'invalid_number'])
  }
})
