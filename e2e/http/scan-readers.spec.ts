import { once } from 'node:events'
import { expect, test } from '../support/fixtures.ts'
import {
  expectedInventory,
  failReads,
  inventoryIn,
  lastOf,
  openStream,
  problemsOf,
  seesMore,
} from '../support/inventory.ts'
import type { LogEntry } from '../vida-sandbox/log.ts'

const isNumbers = ({ type }: { type: string }) => type === 'numbers'
const readsOf = (entries: readonly LogEntry[], id: string) =>
  entries.filter(({ path, query }) => path.endsWith('/phoneNumbers') && query.targetAccountId === id)

const LAST_READ = { path: 'phoneNumbers', targetAccountId: '100040' }

test('two tabs share one scan, also when the second one comes later', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  const waiting = await control.fault({ match: LAST_READ, effect: { waitBeforeWork: true } })
  // Both before the scan, which a slow sign-in could outlast.
  const [client, later] = [await signIn(), await signIn()]
  const first = await openStream(client)
  const early = await first.until(isNumbers)
  const second = await openStream(later)
  await control.release(waiting)
  const [one, two] = await Promise.all([first.rest(), second.rest()])
  expect(two).toEqual([...early, ...one])
  const whole = await expectedInventory(control)
  expect(inventoryIn(two)).toEqual(whole)
  const { entries } = await control.log()
  for (const id of Object.keys(whole)) expect(readsOf(entries, id), id).toHaveLength(1)
})

test('a scan stops when its only reader goes away: Vida sees no further request', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  // As many as are under way at once, so nothing is read after them.
  const reads = Array.from({ length: 8 }, (_, at) => ({ path: 'phoneNumbers', targetAccountId: `${100_005 + at}` }))
  for (const match of reads) await control.fault({ match, effect: { waitBeforeWork: true } })
  const stream = await openStream(await signIn())
  await stream.until(isNumbers)
  for (const match of reads) await control.waitFor(match)
  stream.close()
  await control.waitFor({ aborted: true }, reads.length)
  expect(await seesMore(control, 1_000)).toBe(false)
  const { entries } = await control.log()
  expect(entries.filter(({ path }) => path.endsWith('/phoneNumbers')).length).toBeLessThan(40)
})

test('a scan whose only reader goes away while Vida says nothing lets its requests go', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  await control.fault({ match: { path: 'listOrganizations' }, effect: { answer: { kind: 'hang' } } })
  const stream = await openStream(await signIn())
  await control.waitFor({ path: 'listOrganizations', status: 'hung' }, 2)
  stream.close()
  await control.waitFor({ path: 'listOrganizations', aborted: true }, 2, 3_000)
  expect(await seesMore(control, 500)).toBe(false)
})

test('a scan goes on for the tab that stays when the other one is closed', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  const waiting = await control.fault({ match: LAST_READ, effect: { waitBeforeWork: true } })
  const client = await signIn()
  const leaving = await openStream(client)
  await leaving.until(isNumbers)
  const staying = await openStream(client)
  leaving.close()
  await control.release(waiting)
  const events = await staying.rest()
  expect(inventoryIn(events)).toEqual(await expectedInventory(control))
  expect(lastOf(events).complete).toBe(true)
})

test('a scan that begins after another was given up is whole', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  const client = await signIn()
  const waiting = await control.fault({ match: LAST_READ, effect: { waitBeforeWork: true } })
  for (let reload = 0; reload < 5; reload++) {
    const stream = await openStream(client)
    await stream.until(isNumbers)
    stream.close()
  }
  await control.release(waiting)
  const events = await client.events()
  expect(problemsOf(events)).toEqual([])
  expect(inventoryIn(events)).toEqual(await expectedInventory(control))
})

test('a 401 in the middle ends the stream, the scan and the session', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  const waiting = await control.fault({ match: LAST_READ, effect: { waitBeforeWork: true } })
  const client = await signIn()
  const stream = await openStream(client)
  const before = await stream.until(({ type }) => type === 'numbers')
  await control.configure({ revoked: ['reseller'] })
  await control.release(waiting)
  const events = [...before, ...(await stream.rest())]
  expect(problemsOf(events)).toEqual(['signed_out'])
  expect(lastOf(events)).toMatchObject({ complete: false, accountsRead: Object.keys(inventoryIn(events)).length })
  expect(await client.get('/api/session')).toMatchObject({ status: 401, body: { code: 'signed_out' } })
  expect(await seesMore(control, 500)).toBe(false)
})

test('events come as they become known, not when the scan ends', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  await failReads(control, '100020', 'hang')
  const stream = await openStream(await signIn())
  const others = Object.keys(await expectedInventory(control)).length - 1
  let seen = 0
  const events = await stream.until((event) => isNumbers(event) && ++seen === others)
  expect(Object.keys(inventoryIn(events))).toHaveLength(others)
  stream.close()
})

test('HEAD answers without a scan', async ({ signIn, sandbox }) => {
  const client = await signIn()
  await sandbox.control.clearLog()
  const response = await client.raw('/api/numbers', { method: 'HEAD' })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/x-ndjson')
  expect(await seesMore(sandbox.control, 500)).toBe(false)
})

test('without a session nothing streams and Vida is not asked', async ({ app, sandbox }) => {
  const response = await fetch(`${app.url}/api/numbers`)
  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({ code: 'signed_out' })
  expect((await sandbox.control.log()).total).toBe(0)
})

test.describe('with an app that ends', () => {
  test.use({ sharedApp: null })

  test('a server that is stopped gives every reader its last line, and ends', async ({ signIn, app, sandbox }) => {
    const { control } = sandbox
    await failReads(control, '100020', 'hang')
    const client = await signIn()
    const accounts = Object.keys(await expectedInventory(control)).length
    const stream = await openStream(client)
    let seen = 0
    const before = await stream.until((event) => isNumbers(event) && ++seen === accounts - 1)
    const exited = once(app.child, 'exit')
    app.child.kill('SIGTERM')
    const events = [...before, ...(await stream.rest())]
    expect(problemsOf(events)).toEqual(['scan_stopped'])
    expect(lastOf(events)).toMatchObject({ complete: false, accountsRead: accounts - 1 })
    expect((await exited)[0]).toBe(0)
  })
})
