import { expect, test } from '../support/fixtures.ts'
import { expectedInventory, inventoryIn, lastOf, problemsOf, RESELLER } from '../support/inventory.ts'
import { listShapes, numbersShapes, unknownShapes } from '../vida-sandbox/shapes.ts'

test('every account and every number is in the stream once, inactive ones included, and the counts add up', async ({
  signIn,
  sandbox,
}) => {
  const client = await signIn()
  const response = await client.raw('/api/numbers')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/x-ndjson')
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  const events = (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const whole = await expectedInventory(sandbox.control)
  expect(inventoryIn(events)).toEqual(whole)
  expect(events.filter(({ type }) => type === 'numbers')).toHaveLength(Object.keys(whole).length)
  expect(events.filter(({ type }) => type === 'done')).toHaveLength(1)
  expect(lastOf(events)).toEqual({
    type: 'done',
    complete: true,
    accountsFound: Object.keys(whole).length,
    accountsRead: Object.keys(whole).length,
    accountsFailed: 0,
    numbers: Object.values(whole).flat().length,
    readAt: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  })
  expect(events.find(({ account }) => account?.id === '100001')).toMatchObject({
    account: {
      id: '100001',
      name: 'Front desk',
      active: true,
      organizationId: '8001',
      organizationName: 'Alder Family Dentistry',
      organizationActive: true,
    },
    numbers: [{ number: '+12145550101', national: '(214) 555-0101', country: 'US' }, {}, {}, {}],
  })
  expect(events.find(({ account }) => account?.name === 'Old studio line')?.account).toMatchObject({
    active: false,
    canceledAt: '2024-06-01T00:00:00.000Z',
    canceledReason: 'Moved to another city',
  })
})

test('each role scans from its own root, and one without a root learns that its scope is unknown', async ({
  signIn,
  sandbox,
}) => {
  const { tokens, control } = sandbox
  for (const [token, root] of [
    [tokens.partner, '60001'],
    [tokens.otherReseller, '70002'],
    [tokens.organization, '8001'],
  ] as const) {
    const events = await (await signIn(token)).events()
    expect(inventoryIn(events)).toEqual(await expectedInventory(control, root))
    expect(lastOf(events).complete).toBe(true)
  }
  const agent = await (await signIn(tokens.agent)).events()
  expect(Object.keys(inventoryIn(agent))).toEqual(['100001'])
  expect(lastOf(agent)).toMatchObject({ complete: true, accountsFound: 1, numbers: 4 })
  for (const token of [tokens.administrator, tokens.unknown]) {
    const events = await (await signIn(token)).events()
    expect(problemsOf(events)).toEqual(['scope_unknown'])
    expect(lastOf(events)).toMatchObject({ complete: false, accountsFound: 0, numbers: 0 })
  }
  await control.configure({ identity: { administrator: { partnerId: 60001 }, unknown: { resellerId: RESELLER } } })
  const administrator = await (await signIn(tokens.administrator)).events()
  expect(inventoryIn(administrator)).toEqual(await expectedInventory(control, '60001'))
  const unknown = await (await signIn(tokens.unknown)).events()
  expect(inventoryIn(unknown)).toEqual(await expectedInventory(control))
})

test('every known shape of lists and numbers, and any size of page, gives the same inventory', async ({
  signIn,
  sandbox,
}) => {
  const { control } = sandbox
  const client = await signIn()
  const whole = await expectedInventory(control)
  for (const listShape of listShapes.slice(0, -unknownShapes.length)) {
    for (const pageSizeCap of [null, 3]) {
      await control.configure({ listShape, pageSizeCap })
      const events = await client.events()
      expect(inventoryIn(events), `${listShape}, pages of ${pageSizeCap}`).toEqual(whole)
      expect(problemsOf(events)).toEqual([])
    }
  }
  for (const numbersShape of numbersShapes.slice(0, -unknownShapes.length)) {
    await control.configure({ numbersShape })
    expect(inventoryIn(await client.events()), numbersShape).toEqual(whole)
  }
  await control.configure({ numbersShape: 'strings', numbersPageSize: 2 })
  expect(inventoryIn(await client.events()), 'number lists in pages').toEqual(whole)
})

test('an answer of unknown shape is a problem with a name, never an empty list', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  const client = await signIn()
  for (const listShape of unknownShapes) {
    await control.configure({ listShape })
    const events = await client.events()
    expect(problemsOf(events), listShape).toEqual(['unknown_shape'])
    expect(lastOf(events).complete).toBe(false)
  }
  await control.configure({ listShape: 'named' })
  for (const numbersShape of unknownShapes) {
    await control.configure({ numbersShape })
    const events = await client.events('?organizationId=8005')
    const named = ['100017', '100018', '100019', '8005'].map((id) => `unknown_shape ${id}`)
    expect(problemsOf(events), numbersShape).toEqual(named)
    expect(inventoryIn(events)).toEqual({})
    expect(lastOf(events)).toMatchObject({ complete: false, accountsFound: 3, accountsFailed: 3 })
  }
})

test('a number that two accounts hold is in the stream for both, and both rows count', async ({ signIn, sandbox }) => {
  await sandbox.control.addNumber('+12145550101', '100006')
  const events = await (await signIn()).events()
  const accounts = Object.entries(inventoryIn(events)).filter(([, numbers]) => numbers.includes('+12145550101'))
  expect(accounts.map(([id]) => id)).toEqual(['100001', '100006'])
  const rows = Object.values(await expectedInventory(sandbox.control)).flat().length
  expect(lastOf(events)).toMatchObject({ complete: true, numbers: rows })
})

test.describe('with an answer time', () => {
  test.use({ sandboxArgs: ['--latency', '20'], appEnv: { VIDA_CONCURRENCY: '5' } })

  test('levels are read in a pipeline, under one limit of requests under way', async ({ signIn, sandbox }) => {
    const client = await signIn()
    await sandbox.control.clearLog()
    await client.events()
    const { entries, maxConcurrency } = await sandbox.control.log()
    expect(maxConcurrency).toBe(5)
    const firstNumbers = entries.findIndex(({ query }) => query.targetAccountId === '100001')
    const lastList = entries.findLastIndex(({ path }) => path.endsWith('/listAccounts'))
    expect(firstNumbers).toBeGreaterThan(0)
    expect(firstNumbers).toBeLessThan(lastList)
  })
})

test.describe('where number lists are not offered', () => {
  test.beforeEach(({ sandbox }) => sandbox.control.configure({ numbersOffered: false }))

  test('the numbers on the account objects are used instead, with a problem that says so', async ({
    signIn,
    sandbox,
  }) => {
    const { tokens, control } = sandbox
    const whole = Object.entries(await expectedInventory(control))
    const events = await (await signIn()).events()
    expect(problemsOf(events)).toEqual(['numbers_not_offered'])
    const first = await control.numbers()
    const main = (id: string) =>
      first
        .filter(({ accountId }) => accountId === id)
        .slice(0, 1)
        .map(({ number }) => number)
    expect(inventoryIn(events)).toEqual(Object.fromEntries(whole.map(([id]) => [id, main(id)])))
    expect(lastOf(events)).toMatchObject({ complete: false, accountsFound: whole.length, accountsFailed: 0 })
    for (const token of [tokens.agent, tokens.organization, tokens.partner]) {
      const others = await (await signIn(token)).events()
      expect(problemsOf(others)).toEqual(['numbers_not_offered'])
      expect(inventoryIn(others)['100001']).toEqual(['+12145550101'])
    }
    const again = await (await signIn()).events('?accountId=100002')
    expect(problemsOf(again)).toEqual(['numbers_not_offered'])
    expect(inventoryIn(again)).toEqual({ '100002': main('100002') })
  })
})
