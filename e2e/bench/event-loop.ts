import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { type ApiClient, apiClient } from '../support/api-client.ts'
import { type BatchBody, batchOf, goneAt } from '../support/history.ts'
import { HOSTILE_BODIES, hostilePastes } from '../support/hostile-input.ts'
import { type Place, placesIn } from '../support/returns.ts'
import { dataIn, type Sandbox, type TestApp } from '../support/test-app.ts'
import { HOW_HELD, holdRow, longestHold } from './hold.ts'
import { probed, timedScan, withServers } from './measure.ts'
import { info, type Row, type Section } from './report.ts'

const SIZE = ['--organizations', '250', '--accounts', '10', '--numbers', '20']
const BATCH = 5_000
const RETURNS = 20_000
const ACCOUNT = '1000001'

export const eventLoopSection: Section = {
  name: 'event-loop',
  title: 'For how long one request holds the process',
  how: `While one client does each of these, with 50,000 numbers, batches of 5,000 and ${RETURNS.toLocaleString('en')} recorded returns. ${HOW_HELD}`,
  run: () => withServers(SIZE, measure, { ...probed('loop'), MAX_BATCH: String(BATCH) }),
}

async function measure({ sandbox, app, folder }: TestApp): Promise<Row[]> {
  const client = await apiClient(app.url, sandbox.tokens.reseller)
  const rows: Row[] = []
  const held = async (what: string, act: () => Promise<unknown>) => {
    const row = holdRow(what, await longestHold(app, act))
    process.stdout.write(`${row.measure}: ${row.figure}. ${row.note}\n`)
    rows.push(row)
  }
  const idle = await longestHold(app, () => delay(5_000))
  rows.push(
    info('delay in five seconds without a request', `${idle.delayMs.toFixed(1)} ms`, 'What the machine itself does.'),
  )
  for (const [name, text] of Object.entries(hostilePastes(400_000)))
    await held(`a paste: ${name}`, () => client.post('/api/numbers/parse-list', { text }))
  for (const [name, body] of Object.entries(HOSTILE_BODIES))
    await held(`a batch’s body: ${name}`, () => postText(client, '/api/batches', body))

  const places = await placesIn(sandbox.control)
  const text = places
    .slice(0, BATCH)
    .map(({ number }) => number)
    .join('\n')
  await held('a paste of 5,000 numbers', () => client.post('/api/numbers/parse-list', { text }))
  await held('a scan of 50,000 numbers', () => timedScan(() => client.raw('/api/numbers')))
  await held('a second scan', () => timedScan(() => client.raw('/api/numbers')))
  await sandbox.control.removeNumber(places[0]?.number ?? '')
  await held('a third scan, with changes', () => timedScan(() => client.raw('/api/numbers')))
  await held('GET /api/inventory', () => client.get('/api/inventory'))
  await held('GET /api/inventory/seen', () => client.get(`/api/inventory/seen?number=%2B${places[9]?.number.slice(1)}`))
  await batches(client, places.slice(1, BATCH + 1), held)
  await history(client, join(dataIn(folder), 'numberdesk.sqlite'), held)
  await largeAnswers(client, sandbox, held)
  return rows
}

type Held = (what: string, act: () => Promise<unknown>) => Promise<void>

async function batches(client: ApiClient, returns: Place[], held: Held): Promise<void> {
  let id = ''
  for (let nth = 1; nth <= 10; nth++) {
    const post = async () => {
      const { status, body } = await client.post<BatchBody>('/api/batches', { returns, note: null, holdSeconds: 60 })
      if (status !== 200) throw new Error(`the batch was refused: ${status}`)
      id = body.id
    }
    if (nth === 1) {
      await held('POST /api/batches of 5,000', post)
      await held('GET of that batch', () => client.get(`/api/batches/${id}`))
      await held('its CSV file', () => client.get(`/api/batches/${id}?format=csv`))
    } else await post()
    const stop = () => client.post(`/api/batches/${id}/stop`, {})
    if (nth === 1) await held('its undoing', stop)
    else await stop()
  }
  await held('GET /api/batches: 10 of 5,000', () => client.get('/api/batches'))
}

async function history(client: ApiClient, file: string, held: Held): Promise<void> {
  await batchOf(client, [{ ...goneAt(1), accountId: ACCOUNT }])
  const database = new DatabaseSync(file, { timeout: 5_000 })
  multiplyReturns(database)
  database.close()
  await held('the CSV file of 20,000 returns', () => client.get('/api/returns?format=csv'))
  await held('GET /api/returns', () => client.get('/api/returns?limit=200'))
  await held('the history, folded', () => client.get('/api/returns?batches=folded'))
  await held('a search in it that finds nothing', () => client.get('/api/returns?search=nothing%20like%20it'))
  await held('a search in it that finds all, as CSV', () => client.get('/api/returns?search=0001&format=csv'))
  await held('GET /api/returns/marks', () => client.get('/api/returns/marks'))
}

/** Copies of the newest return, under ids that are before it. */
function multiplyReturns(database: DatabaseSync): void {
  const columns = (table: string) =>
    database
      .prepare(`select name from pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => String(name))
  database.exec('create temp table newest as select max(receipt_id) as id from return_intents')
  for (const table of ['return_intents', 'return_events', 'return_accounts']) {
    const id = `'R-000000000-' || substr('0000000' || n, -7) || '00000'`
    const values: Record<string, string> = { receipt_id: id, request_id: 'null', batch_id: 'null' }
    const selected = columns(table).map((name) => values[name] ?? `old.${name}`)
    database.exec(`with recursive counted(n) as (select 1 union all select n + 1 from counted where n < ${RETURNS})
      insert into ${table} (${columns(table).join(', ')}) select ${selected.join(', ')}
      from ${table} as old, counted where old.receipt_id = (select id from newest)`)
  }
}

async function largeAnswers(client: ApiClient, sandbox: Sandbox, held: Held): Promise<void> {
  for (const [what, count, label] of [
    ['1 MB, 10,000 numbers', 10_000, 'Front desk'],
    ['5 MB, 10,000 numbers', 10_000, 'Front desk '.repeat(40)],
    ['9 MB, 10,000 numbers', 10_000, 'Front desk '.repeat(80)],
    ['9 MB, 90,000 numbers (refused)', 90_000, 'Front desk'],
  ] as const) {
    const phoneNumbers = Array.from({ length: count }, (_, index) => ({
      number: `+1214${String(2_000_000 + index)}`,
      label: `${label} ${index}`,
      provider: 'twilio',
    }))
    const text = JSON.stringify({ success: true, phoneNumbers })
    await sandbox.control.clearFaults()
    const match = { path: 'phoneNumbers', targetAccountId: ACCOUNT }
    await sandbox.control.fault({ match, effect: { answer: { kind: 'status', status: 200, text } } })
    await held(`an answer of Vida’s of ${what}`, () => client.events(`?accountId=${ACCOUNT}`))
  }
  await sandbox.control.clearFaults()
  const accounts = Array.from({ length: 20_000 }, (_, index) => ({
    id: index + 1,
    accountName: `Agent ${index} `.repeat(12),
  }))
  const text = JSON.stringify({ success: true, totalAccounts: accounts.length, accounts })
  const match = { path: 'listAccounts', targetOrganizationId: '10001' }
  await sandbox.control.fault({ match, effect: { answer: { kind: 'status', status: 200, text } } })
  await held('a list of 20,000 accounts (3 MB), searched for one', () => client.get('/api/numbers?accountId=nowhere'))
}

async function postText(client: ApiClient, path: string, body: string): Promise<void> {
  const headers = { origin: client.url, 'content-type': 'application/json' }
  await (await client.raw(path, { method: 'POST', headers, body })).text()
}
