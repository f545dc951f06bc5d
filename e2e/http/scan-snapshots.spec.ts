import { join } from 'node:path'
import { clientWith } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import {
  expectedInventory,
  failReads,
  inventoryIn,
  lastOf,
  openStream,
  problemsOf,
  type SnapshotBody,
  snapshotOf,
} from '../support/inventory.ts'
import { startApp } from '../support/servers.ts'

test('the last complete inventory is stored as the events had it, by the time that `done` comes', async ({
  signIn,
  sandbox,
}) => {
  const client = await signIn()
  expect((await client.get<SnapshotBody>('/api/inventory')).body.code).toBe('no_inventory')
  const events = await client.events()
  const { body, headers } = await client.get<SnapshotBody>('/api/inventory')
  expect(headers.get('cache-control')).toBe('private, no-store')
  expect(body.readAt).toBe(lastOf(events).readAt)
  const events100001 = events.find(({ account }) => account?.id === '100001')
  expect(body.accounts.find(({ account }) => account.id === '100001')).toEqual({
    account: events100001?.account,
    numbers: events100001?.numbers,
  })
  expect(await snapshotOf(client)).toEqual(await expectedInventory(sandbox.control))
})

test('an incomplete scan, a given-up scan and a refused one leave the snapshot as it was', async ({
  signIn,
  sandbox,
}) => {
  const { control } = sandbox
  const client = await signIn()
  await client.events()
  const before = await expectedInventory(control)
  await control.removeNumber('+12145550101')
  await failReads(control, '100002')
  expect(lastOf(await client.events()).complete).toBe(false)
  expect(await snapshotOf(client)).toEqual(before)
  await control.clearFaults()
  // It can't be over before it is given up.
  await failReads(control, '100002', 'hang')
  const stream = await openStream(client)
  await stream.until(({ type }) => type === 'numbers')
  stream.close()
  await control.waitFor({ aborted: true })
  await control.clearFaults()
  expect(await snapshotOf(client)).toEqual(before)
  await control.configure({ revoked: ['reseller'] })
  await client.events()
  await control.configure({ revoked: [] })
  expect(await snapshotOf(await signIn())).toEqual(before)
})

test('another identity never sees it', async ({ signIn, sandbox }) => {
  await (await signIn()).events()
  const { otherReseller, partner, organization, agent, unknown } = sandbox.tokens
  for (const token of [otherReseller, partner, organization, agent, unknown]) {
    const { status, body } = await (await signIn(token)).get<SnapshotBody>('/api/inventory')
    expect([status, body.code]).toEqual([404, 'no_inventory'])
  }
  expect((await fetch(`${(await signIn()).url}/api/inventory`)).status).toBe(401)
})

test.describe('with an app of its own', () => {
  test.use({ sharedApp: null })

  test('it survives a restart of the server', async ({ signIn, app, sandbox, dataDir }) => {
    const client = await signIn()
    await client.events()
    const before = await snapshotOf(client)
    await app.stop()
    const next = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data') })
    try {
      expect(await snapshotOf(clientWith(next.url, client.cookie))).toEqual(before)
    } finally {
      await next.stop()
    }
  })
})

test('a part that is read again is put into it', async ({ signIn, sandbox }) => {
  const client = await signIn()
  await client.events()
  await sandbox.control.addNumber('+12145550177', '100005')
  await client.events('?accountId=100005')
  expect((await snapshotOf(client))?.['100005']).toEqual(['+12145550177'])
})

test('an incomplete scan becomes it once all that it lacked was read again, and is as old as the scan', async ({
  signIn,
  sandbox,
}) => {
  const { control } = sandbox
  const client = await signIn()
  const failing = { answer: { kind: 'status', status: 500 } } as const
  await failReads(control, '100002')
  await control.fault({ match: { path: 'listAccounts', query: { targetOrganizationId: '8003' } }, effect: failing })
  const scan = await client.events()
  expect(problemsOf(scan)).toEqual(['read_failed 100002', 'read_failed 8003'])
  await client.events('?accountId=100002')
  await control.clearFaults()
  await client.events('?organizationId=8003')
  expect(await snapshotOf(client)).toBeNull()
  await client.events('?accountId=100002')
  expect(await snapshotOf(client)).toEqual(await expectedInventory(control))
  expect((await client.get<SnapshotBody>('/api/inventory')).body.readAt).toBe(lastOf(scan).readAt)
})

test('an incomplete scan whose parts were read again does not take the place of a later complete one', async ({
  signIn,
  sandbox,
}) => {
  const { control } = sandbox
  const client = await signIn()
  await failReads(control, '100002')
  await client.events()
  await control.clearFaults()
  await control.removeNumber('+12145550101')
  const { readAt } = lastOf(await client.events())
  await client.events('?accountId=100002')
  expect(await snapshotOf(client)).toEqual(await expectedInventory(control))
  expect((await client.get<SnapshotBody>('/api/inventory')).body.readAt).toBe(readAt)
})

test('changes are shown until somebody who saw the current snapshot dismisses them', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  const client = await signIn()
  const before = async () => (await client.get<SnapshotBody>('/api/inventory')).body.before
  const dismiss = (readAt: string | undefined) =>
    client.post<{ dismissed: boolean; code?: string }>('/api/inventory/dismiss', { readAt })
  const first = lastOf(await client.events()).readAt
  expect(await before()).toBeUndefined()
  await control.moveNumber('+12145550101', '100005')
  await client.events()
  const { readAt } = lastOf(await client.events())
  expect(await before()).toMatchObject({ readAt: first, added: [] })
  expect((await before())?.accounts.map(({ account }) => account.id).sort()).toEqual(['100001', '100005'])
  expect((await dismiss(first)).body).toEqual({ dismissed: false })
  expect(await before()).toBeDefined()
  for (const wrong of ['yesterday', undefined]) expect((await dismiss(wrong)).body.code).toBe('malformed')
  expect((await dismiss(readAt)).body).toEqual({ dismissed: true })
  expect(await before()).toBeUndefined()
})

test('a number that is returned leaves it, also when a scan that saw it before ends later', async ({
  signIn,
  sandbox,
}) => {
  const { control } = sandbox
  const client = await signIn()
  await client.events()
  const match = { path: 'phoneNumbers', targetAccountId: '100040' }
  const waiting = await control.fault({ match, effect: { waitBeforeWork: true } })
  const stream = await openStream(client)
  const seen = await stream.until(({ account }) => account?.id === '100001')
  expect(inventoryIn(seen)['100001']).toContain('+12145550101')
  const order = { number: '+12145550101', accountId: '100001', note: null }
  const answer = await client.post<{ outcome: string }>('/api/numbers/return', order)
  expect(answer.body.outcome).toBe('returned')
  expect((await snapshotOf(client))?.['100001']).not.toContain('+12145550101')
  await control.release(waiting)
  expect(lastOf(await stream.rest()).complete).toBe(true)
  expect(await snapshotOf(client)).toEqual(await expectedInventory(control))
})
