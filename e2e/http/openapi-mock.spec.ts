import { readFileSync } from 'node:fs'
import { type ApiClient, apiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { inventoryIn, lastOf, problemsOf } from '../support/inventory.ts'
import { type OpenApiDocument, startOpenApiMock } from '../support/openapi-mock.ts'
import { startApp } from '../support/servers.ts'
import { NO_HOLD } from '../support/test-app.ts'

const document: OpenApiDocument = JSON.parse(readFileSync('e2e/support/vida-openapi.json', 'utf8'))
const NUMBER = '+12145551234'

test.use({ sharedApp: null })

const exampleOf = (path: string) =>
  document.paths[path]?.get?.responses[200]?.content?.['application/json'].example ?? {}
/** The operation of the document, with these fields in its example. */
const withAnswer = (path: string, fields: object) => {
  const example = { ...exampleOf(path), ...fields }
  const responses = { 200: { content: { 'application/json': { example } } } }
  return { [path]: { get: { ...document.paths[path]?.get, responses } } }
}
const AS_RESELLER = withAnswer('/api/v2/account', { details: { accountType: 'reseller' } })

/** The verdict of *Diagnosis*, and what it says of each endpoint that it asked. */
async function diagnosed(client: ApiClient) {
  const { body } = await client.post<string>('/api/diagnosis', {})
  const { report } = JSON.parse(body.trim().split('\n').at(-1) ?? '')
  const endpoints: { name: string; understood: string; notes: string[] }[] = report.endpoints
  const asked = endpoints.filter(({ understood }) => understood !== 'none')
  return {
    verdict: report.verdict,
    endpoints: Object.fromEntries(asked.map(({ name, understood, notes }) => [name, [understood, ...notes].join(' ')])),
  }
}

test('in front of a mock of Vida’s own document: signs in, says what is not known, and returns by hand', async ({
  dataDir,
}) => {
  await using mock = await startOpenApiMock(document)
  const app = await startApp({
    VIDA_API_BASE_URL: mock.url,
    DATA_DIR: `${dataDir}/mock`,
    ...NO_HOLD,
    ALLOW_UNKNOWN_ROLE: '1',
  })
  const client = await apiClient(app.url, 'a-token-of-the-mock')
  const { body: session } = await client.get('/api/session')
  expect(session).toMatchObject({ account: { id: '123', name: 'user@example.com', role: 'unknown' } })

  const events = await client.events()
  expect(problemsOf(events)).toEqual(['scope_unknown'])
  expect(lastOf(events)).toMatchObject({ complete: false, accountsFound: 0 })
  expect(await diagnosed(client)).toMatchObject({ endpoints: { caller: 'yes role_unknown root_unknown' } })

  const { status, body } = await client.post('/api/numbers/return', { number: NUMBER, accountId: null, note: null })
  expect({ status, body }).toMatchObject({ status: 200, body: { outcome: 'returned', message: 'Success' } })
  const writes = mock.asked.filter(({ method }) => method !== 'GET')
  expect(writes).toEqual([
    {
      method: 'POST',
      path: '/api/v2/phoneNumber/return',
      query: { token: 'a-token-of-the-mock' },
      body: { number: NUMBER },
    },
  ])
  for (const { method, path, query } of mock.asked) {
    if (path === '/api/v2/phoneNumbers') continue
    const known = document.paths[path]?.[method.toLowerCase()]?.parameters?.map(({ name }) => name) ?? []
    expect(
      Object.keys(query).filter((name) => name !== 'token' && !known.includes(name)),
      path,
    ).toEqual([])
  }
  await app.stop()
})

test('with a role, and lists that answer as the one documented list does: shows the main numbers, and says so', async ({
  dataDir,
}) => {
  const listing = (account: object) => ({ ...exampleOf('/api/v2/searchAccounts'), accounts: [account] })
  await using mock = await startOpenApiMock({
    paths: {
      ...document.paths,
      ...AS_RESELLER,
      ...withAnswer('/api/v2/listOrganizations', listing({ id: 200 })),
      ...withAnswer('/api/v2/listAccounts', listing({ id: 300, vidaPhoneNumber: NUMBER })),
    },
  })
  const app = await startApp({ VIDA_API_BASE_URL: mock.url, DATA_DIR: `${dataDir}/mock` })
  const client = await apiClient(app.url, 'a-token-of-the-mock')
  const events = await client.events()
  expect(inventoryIn(events)).toEqual({ 300: [NUMBER] })
  // Asked for organization 200 itself, the mock answers with its one example, which is another account.
  expect(problemsOf(events)).toEqual(['numbers_not_offered', 'unknown_shape 200'])
  expect(lastOf(events)).toMatchObject({ complete: false, numbers: 1 })
  expect(await diagnosed(client)).toEqual({
    verdict: 'not_understood',
    endpoints: {
      caller: 'yes role_stated',
      organizations: 'yes one_answer active_ignored state_unstated',
      accounts: 'yes one_answer active_ignored state_unstated',
      numbers: 'partly not_offered',
      account: 'no unknown_shape',
    },
  })
  await app.stop()
})

test('with a role, and lists without a body as the document has them: names what was not understood', async ({
  dataDir,
}) => {
  await using mock = await startOpenApiMock({ paths: { ...document.paths, ...AS_RESELLER } })
  const app = await startApp({ VIDA_API_BASE_URL: mock.url, DATA_DIR: `${dataDir}/mock` })
  const client = await apiClient(app.url, 'a-token-of-the-mock')
  const events = await client.events()
  expect(problemsOf(events)).toEqual(['unknown_shape'])
  expect(lastOf(events)).toMatchObject({ complete: false, accountsFound: 0 })
  expect(await diagnosed(client)).toEqual({
    verdict: 'not_understood',
    endpoints: { caller: 'yes role_stated', organizations: 'no unknown_shape' },
  })
  await app.stop()
})
