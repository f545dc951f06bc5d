import { expect, test } from '../support/fixtures.ts'
import { expectedInventory, failReads, inventoryIn, lastOf, problemsOf } from '../support/inventory.ts'
import type { Answer } from '../vida-sandbox/faults.ts'

const status = (code: number, headers: Record<string, string> = {}): Answer => ({
  kind: 'status',
  status: code,
  headers,
})

test('a dead organization is named, everything else is in the stream, and three attempts were made', async ({
  signIn,
  sandbox,
}) => {
  const { control } = sandbox
  await control.fault({
    match: { path: 'listAccounts', targetOrganizationId: '8003' },
    effect: { answer: status(500) },
  })
  const client = await signIn()
  const events = await client.events()
  expect(problemsOf(events)).toEqual(['read_failed 8003'])
  expect(events.find(({ type }) => type === 'problem')).toMatchObject({
    organization: { id: '8003', name: 'Bluebird Bakery' },
    detail: expect.stringContaining('Bluebird Bakery'),
  })
  const whole = Object.entries(await expectedInventory(control)).filter(
    ([id]) => !['100010', '100011', '100012'].includes(id),
  )
  expect(inventoryIn(events)).toEqual(Object.fromEntries(whole))
  expect(lastOf(events)).toMatchObject({ complete: false, accountsFound: whole.length, accountsFailed: 0 })
  const tries = (await control.log()).entries.filter(({ query }) => query.targetOrganizationId === '8003')
  expect(tries.filter(({ query }) => query.active === 'false')).toHaveLength(3)
  expect(tries.filter(({ query }) => query.active === undefined)).toHaveLength(3)
})

test('a dead account is named and counted, and a retry of it alone brings it', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  await failReads(control, '100002', 503)
  const client = await signIn()
  const events = await client.events()
  const whole = await expectedInventory(control)
  expect(problemsOf(events)).toEqual(['read_failed 100002'])
  expect(lastOf(events)).toMatchObject({
    complete: false,
    accountsFound: Object.keys(whole).length,
    accountsRead: Object.keys(whole).length - 1,
    accountsFailed: 1,
  })
  expect((await control.log()).entries.filter(({ query }) => query.targetAccountId === '100002')).toHaveLength(3)
  await control.clearFaults()
  await control.clearLog()
  const again = await client.events('?accountId=100002')
  expect(inventoryIn(again)).toEqual({ '100002': whole['100002'] })
  expect(lastOf(again)).toMatchObject({ complete: true, accountsFound: 1, accountsRead: 1 })
  expect((await control.log()).total).toBe(1)
})

test('an account whose inactive ones cannot be listed is not complete, though the active ones are in the stream', async ({
  signIn,
  sandbox,
}) => {
  const { control } = sandbox
  await control.fault({
    match: { path: 'listAccounts', targetOrganizationId: '8002', query: { active: 'false' } },
    effect: { answer: status(500) },
  })
  const events = await (await signIn()).events()
  expect(problemsOf(events)).toEqual(['read_failed 8002'])
  expect(Object.keys(inventoryIn(events))).toEqual(expect.arrayContaining(['100006', '100007', '100008']))
  expect(inventoryIn(events)).not.toHaveProperty('100009')
})

test('whatever one account’s answer is, its problem has that name and the others are in the stream', async ({
  signIn,
  sandbox,
}) => {
  const { control } = sandbox
  const answers: [string, Answer, string][] = [
    ['100001', { kind: 'truncated', by: 'connection' }, 'read_unreachable'],
    ['100002', { kind: 'truncated', by: 'body' }, 'unknown_shape'],
    ['100003', { kind: 'malformed' }, 'unknown_shape'],
    ['100004', { kind: 'html' }, 'unknown_shape'],
    ['100005', { kind: 'empty' }, 'unknown_shape'],
    ['100006', { kind: 'success-false', message: 'No such luck' }, 'read_refused'],
    ['100007', status(403), 'read_refused'],
    ['100008', status(404), 'read_refused'],
    ['100009', { kind: 'redirect', status: 307, location: 'http://127.0.0.1:9/' }, 'unknown_shape'],
    ['100010', { kind: 'huge', megabytes: 11 }, 'answer_too_large'],
    ['100011', { kind: 'endless', everyMs: 0 }, 'answer_too_large'],
    ['100012', { kind: 'drop' }, 'read_unreachable'],
    ['100013', status(200), 'read_refused'],
    ['100014', { kind: 'without-success' }, 'unknown_shape'],
  ]
  for (const [targetAccountId, answer] of answers) {
    await control.fault({ match: { path: 'phoneNumbers', targetAccountId }, effect: { answer } })
  }
  const events = await (await signIn()).events()
  expect(problemsOf(events)).toEqual(answers.map(([id, , code]) => `${code} ${id}`).toSorted())
  const whole = Object.entries(await expectedInventory(control)).filter(
    ([id]) => !answers.some(([failed]) => failed === id),
  )
  expect(inventoryIn(events)).toEqual(Object.fromEntries(whole))
  expect(lastOf(events)).toMatchObject({ complete: false, accountsFailed: answers.length })
  expect(JSON.stringify(events)).toContain('No such luck')
})

test('faults of connections that pass are not noticed', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  await control.fault({ match: { path: 'phoneNumbers' }, times: 6, effect: { answer: { kind: 'stale-keep-alive' } } })
  await control.fault({ match: { path: 'listAccounts' }, times: 2, effect: { answer: { kind: 'drop' } } })
  await control.fault({ match: { path: 'phoneNumbers' }, skip: 5, times: 2, effect: { answer: status(502) } })
  const events = await (await signIn()).events()
  expect(problemsOf(events)).toEqual([])
  expect(inventoryIn(events)).toEqual(await expectedInventory(control))
})

test('a storm of 429 without Retry-After slows the scan down and loses nothing', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  const client = await signIn()
  await control.clearLog()
  await control.fault({ match: { path: 'phoneNumbers' }, skip: 8, times: 12, effect: { answer: status(429) } })
  const events = await client.events()
  expect(problemsOf(events)).toEqual([])
  expect(inventoryIn(events)).toEqual(await expectedInventory(control))
  const { entries } = await control.log()
  expect(entries.filter((entry) => entry.status === 429)).toHaveLength(12)
  const last = entries.findLastIndex((entry) => entry.status === 429)
  // Halved at least twice by then, so that Vida is not met by eight at once after the pause.
  expect(entries[last + 1]?.concurrency).toBeLessThanOrEqual(4)
})

test('Retry-After is waited for by the whole scan', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  const client = await signIn()
  await control.clearLog()
  await control.fault({
    match: { path: 'phoneNumbers' },
    skip: 5,
    times: 1,
    effect: { answer: status(429, { 'retry-after': '2' }) },
  })
  const events = await client.events()
  expect(inventoryIn(events)).toEqual(await expectedInventory(control))
  const { entries } = await control.log()
  const refused = entries.find((entry) => entry.status === 429)
  const after = entries.filter(({ seq }) => seq > (refused?.seq ?? 0))
  const pauses = after.map(({ at }, index) => at - (after[index - 1]?.at ?? refused?.at ?? at))
  expect(Math.max(...pauses)).toBeGreaterThanOrEqual(1_900)
})

test('pages that repeat or never end are bounded, named, and what they brought is read', async ({
  signIn,
  sandbox,
}) => {
  const { control } = sandbox
  await control.configure({ pageSizeCap: 2 })
  for (const [targetOrganizationId, paging] of [
    ['8001', 'repeating'],
    ['8002', 'endless'],
  ] as const) {
    await control.fault({ match: { path: 'listAccounts', targetOrganizationId }, effect: { variant: { paging } } })
  }
  const events = await (await signIn()).events()
  expect(problemsOf(events)).toEqual(['pages_endless 8002', 'pages_repeat 8001'])
  const read = inventoryIn(events)
  expect(read).toMatchObject({ 100001: [{}, {}, {}, {}].map(() => expect.any(String)), 100002: expect.any(Array) })
  expect(read).not.toHaveProperty('100003')
  expect(Object.keys(read).length).toBeGreaterThan(1_900)
  expect(lastOf(events).complete).toBe(false)
})

test('a Vida that cannot be reached is a problem, not an empty inventory', async ({ signIn, sandbox }) => {
  const client = await signIn()
  await sandbox.control.setReachable(false)
  const events = await client.events()
  expect(problemsOf(events)).toEqual(['read_unreachable'])
  expect(lastOf(events)).toMatchObject({ complete: false, accountsFound: 0 })
})
