import { readFileSync } from 'node:fs'
import { apiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { inventoryIn, lastOf, problemsOf } from '../support/inventory.ts'
import { type OpenApiDocument, startOpenApiMock } from '../support/openapi-mock.ts'
import { startApp } from '../support/servers.ts'
import { NO_HOLD } from '../support/test-app.ts'

const document: OpenApiDocument = JSON.parse(readFileSync('e2e/support/vida-openapi.json', 'utf8'))
const NUMBER = '+12145551234'

test.use({ sharedApp: null })

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
  const { paths } = document
  const exampleOf = (path: string) => paths[path]?.get?.responses[200]?.content?.['application/json'].example ?? {}
  const answers = (example: object) => ({ content: { 'application/json': { example } } })
  const withAnswer = (path: string, example: object) => ({
    [path]: { get: { ...paths[path]?.get, responses: { 200: answers({ ...exampleOf(path), ...example }) } } },
  })
  const listing = (account: object) => ({ ...exampleOf('/api/v2/searchAccounts'), accounts: [account] })
  await using mock = await startOpenApiMock({
    paths: {
      ...paths,
      ...withAnswer('/api/v2/account', { details: { accountType: 'reseller' } }),
      ...withAnswer('/api/v2/listOrganizations', listing({ id: 200 })),
      ...withAnswer('/api/v2/listAccounts', listing({ id: 300, vidaPhoneNumber: NUMBER })),
    },
  })
  const app = await startApp({ VIDA_API_BASE_URL: mock.url, DATA_DIR: `${dataDir}/mock` })
  const events = await (await apiClient(app.url, 'a-token-of-the-mock')).events()
  expect(inventoryIn(events)).toEqual({ 300: [NUMBER] })
  // Asked for organization 200 itself, the mock answers with its one example, which is another account.
  expect(problemsOf(events)).toEqual(['numbers_not_offered', 'unknown_shape 200'])
  expect(lastOf(events)).toMatchObject({ complete: false, numbers: 1 })
  await app.stop()
})
