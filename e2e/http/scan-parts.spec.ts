import type { StreamEvent } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { expectedInventory, inventoryIn, lastOf, problemsOf } from '../support/inventory.ts'

test('an account is read again alone, with one request', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  const client = await signIn()
  await client.events()
  await control.addNumber('+12145550177', '100005')
  await control.clearLog()
  const events = await client.events('?accountId=100005')
  expect(inventoryIn(events)).toEqual({ '100005': ['+12145550177'] })
  expect(events.find(({ type }) => type === 'numbers')?.account).toMatchObject({ organizationId: '8001' })
  expect(lastOf(events)).toMatchObject({ complete: true, accountsFound: 1, accountsRead: 1, numbers: 1 })
  expect((await control.log()).total).toBe(1)
})

test('an organization is read again with its accounts and its own numbers, and nothing else', async ({
  signIn,
  sandbox,
}) => {
  const { control } = sandbox
  const client = await signIn()
  await client.events()
  await control.clearLog()
  const events = await client.events('?organizationId=8008')
  expect(inventoryIn(events)).toEqual(await expectedInventory(control, '8008'))
  expect(Object.keys(inventoryIn(events))).toContain('8008')
  const asked = (await control.log()).entries.map(({ query }) => query.targetOrganizationId ?? query.targetAccountId)
  expect(new Set(asked)).toEqual(new Set(['8008', ...Object.keys(inventoryIn(events))]))
})

test('an organization’s own numbers are read again by its id, and told also when there are none', async ({
  signIn,
  sandbox,
}) => {
  const client = await signIn()
  await client.events()
  expect(inventoryIn(await client.events('?accountId=8008'))).toEqual({
    '8008': (await expectedInventory(sandbox.control))['8008'],
  })
  expect(inventoryIn(await client.events('?accountId=8001'))).toEqual({ '8001': [] })
})

test('a reseller below a partner that failed is read again by its id', async ({ signIn, sandbox }) => {
  const { control, tokens } = sandbox
  await control.fault({
    match: { path: 'listOrganizations', query: { targetResellerId: '70002' } },
    effect: { answer: { kind: 'status', status: 500 } },
  })
  const client = await signIn(tokens.partner)
  const events = await client.events()
  expect(problemsOf(events)).toEqual(['read_failed 70002'])
  expect(inventoryIn(events)).toEqual(await expectedInventory(control))
  await control.clearFaults()
  expect(inventoryIn(await client.events('?organizationId=70002'))).toEqual(await expectedInventory(control, '70002'))
})

test('an account that is not known yet is found by listing, before or after a scan', async ({ signIn, sandbox }) => {
  const client = await signIn()
  const events = await client.events('?accountId=100001')
  expect(inventoryIn(events)).toEqual({ '100001': (await expectedInventory(sandbox.control))['100001'] })
  const { entries } = await sandbox.control.log()
  expect(entries.filter(({ path }) => path.endsWith('/phoneNumbers'))).toHaveLength(1)
})

test('an id outside the hierarchy is 403 before anything streams, and Vida is never asked about it', async ({
  signIn,
  sandbox,
}) => {
  const client = await signIn()
  const foreign = ['accountId=200001', 'accountId=8101', 'organizationId=8101', 'accountId=70002', 'accountId=999']
  // An agent is no organization, and this reseller is no account of its own.
  for (const query of [...foreign, 'organizationId=100001', 'organizationId=70002', 'accountId=70001']) {
    const { status, headers, body } = await client.get<StreamEvent>(`/api/numbers?${query}`)
    expect(status, query).toBe(403)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(body.code).toBe('foreign_account')
  }
  const { entries } = await sandbox.control.log()
  const asked = new Set(entries.flatMap(({ query }) => [query.targetAccountId, query.targetOrganizationId]))
  for (const id of ['200001', '8101', '70002', '999', '70001']) expect(asked).not.toContain(id)
})

test('an id that is none is 400, and Vida is not asked at all', async ({ signIn, sandbox }) => {
  const client = await signIn()
  await sandbox.control.clearLog()
  for (const id of ['', '..%2F1', '1%26token%3Dx', '1%0D%0AX', '1%00', '%23', '1+1', 'x'.repeat(65)]) {
    for (const name of ['accountId', 'organizationId']) {
      const { status, body } = await client.get<StreamEvent>(`/api/numbers?${name}=${id}`)
      expect([status, body.code], `${name}=${id}`).toEqual([400, 'invalid_account'])
    }
  }
  expect((await sandbox.control.log()).total).toBe(0)
})

test('an unknown id while the hierarchy cannot be listed is 503, not “not yours”', async ({ signIn, sandbox }) => {
  const client = await signIn()
  await sandbox.control.fault({ match: { path: 'listAccounts' }, effect: { answer: { kind: 'status', status: 500 } } })
  const { status, body } = await client.get<StreamEvent>('/api/numbers?accountId=100001')
  expect([status, body.code]).toEqual([503, 'vida_unreachable'])
})
