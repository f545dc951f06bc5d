import { apiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { batchThatIs, begin } from '../support/history.ts'
import { NO_POSTGRES, postgresDatabases, SESSION_SECRET } from '../support/postgres.ts'
import { FRONT_DESK, placesIn } from '../support/returns.ts'
import { startApp } from '../support/servers.ts'
import { dataIn, NO_HOLD, type Sandbox } from '../support/test-app.ts'

test.use({ sharedApp: null })

/** As somebody pastes it, and as it is kept. */
const PASTED = ' Zoe\u0308\u0000\u001b[31m\r\n\u202eleaves\u200b \u2067now\ud800 '
const KEPT = 'Zoë [31m leaves now\ufffd'
const HIDDEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u

interface Note {
  note: string | null
  number: string
  accountName: string
}

/** Signs in, returns one number and a batch with such notes, and looks them up. */
async function expectCleanTexts(url: string, { control, tokens }: Sandbox): Promise<void> {
  const client = await apiClient(url, tokens.reseller)
  const [place] = FRONT_DESK
  await control.setAccount(place.accountId, { name: `Front\u0000\u202edesk\ud800 Zoe\u0308` })
  const one = await client.post('/api/numbers/return', { ...place, note: PASTED })
  expect(one.status, JSON.stringify(one.body)).toBe(200)
  const id = await begin(client, (await placesIn(control, 3)).slice(0, 2), PASTED)
  expect(await batchThatIs(client, id, 'ended')).toMatchObject({ note: KEPT, counts: { returned: 2 } })
  const search = encodeURIComponent('\u202a\u0000ZOË\u202c')
  const found = await client.get<{ returns: Note[] }>(`/api/returns?search=${search}`)
  expect(found.body.returns.map(({ note }) => note)).toEqual([KEPT, KEPT, KEPT])
  expect(found.body.returns.find(({ number }) => number === place.number)?.accountName).toBe('Front desk\ufffd Zoë')
  for (const hidden of ['%00', '%1b', '%E2%80%AE', '%ED%A0%80'])
    expect((await client.get(`/api/returns?search=${hidden}`)).status, hidden).toBe(200)
  const csv = await (await client.raw('/api/returns?format=csv')).text()
  expect(csv.replace(/[\r\n\ufeff]/g, '')).not.toMatch(HIDDEN)
}

test('what people and Vida write is kept in one clean form, on SQLite', async ({ app, sandbox }) => {
  await expectCleanTexts(app.url, sandbox)
})

test('what people and Vida write is kept in one clean form, on PostgreSQL', async ({ sandbox, dataDir }) => {
  const server = await postgresDatabases()
  test.skip(server === null, NO_POSTGRES)
  if (!server) return
  const DATABASE_URL = await server.takeDatabase()
  const env = { ...NO_HOLD, VIDA_API_BASE_URL: sandbox.url, DATABASE_URL, SESSION_SECRET, DATA_DIR: dataIn(dataDir) }
  const app = await startApp(env)
  try {
    await expectCleanTexts(app.url, sandbox)
  } finally {
    await app.stop()
  }
})

test('a number that is typed or pasted with hidden characters is read, and shown without them', async ({ signIn }) => {
  const client = await signIn()
  const typed = await client.post('/api/numbers/parse', { text: '\u202a+1 214 555\u0000 0101\u202c' })
  expect([typed.status, typed.body]).toMatchObject([200, { number: '+12145550101' }])
  const pasted = await client.post<{ entries: { text: string }[] }>('/api/numbers/parse-list', {
    text: '\u202a+1 214 555 0101\u202c\tAl\u202eder\u0000\r\n+1 214 555 0102\n',
  })
  expect(pasted.body.entries.map(({ text }) => text)).toEqual(['+1 214 555 0101', 'Alder', '+1 214 555 0102'])
})

test('E.164 is itself, and each pasted number comes with its extension or the reason why it is none', async ({
  signIn,
}) => {
  const client = await signIn()
  const typed = await client.post('/api/numbers/parse', { text: '+5215512345678' })
  expect([typed.status, typed.body]).toEqual([200, { number: '+5215512345678', national: null, country: 'MX' }])
  const text = 'Cancel 020 7946 0018 and tel:+442079460018;ext=5\n#N/A'
  const { body } = await client.post<{ entries: object[] }>('/api/numbers/parse-list', { text })
  expect(body.entries).toEqual([
    { line: 1, text: '020 7946 0018', number: null, national: '02079460018', extension: null, reason: null },
    { line: 1, text: '+442079460018;ext=5', number: '+442079460018', national: null, extension: '5', reason: null },
    { line: 2, text: '#N/A', number: null, national: null, extension: null, reason: 'error_value' },
  ])
})

test('a note is measured as it is kept', async ({ signIn }) => {
  const client = await signIn()
  const [place] = FRONT_DESK
  const confirm = (note: string) => client.post<{ code?: string }>('/api/numbers/return', { ...place, note })
  expect((await confirm(`${'x'.repeat(201)}\u0000`)).body.code).toBe('malformed')
  expect((await confirm(`\u202e${'e\u0301'.repeat(200)}\u0000`)).status).toBe(200)
  const { body } = await client.get<{ returns: Note[] }>('/api/returns')
  expect(body.returns[0]?.note).toBe('é'.repeat(200))
})
