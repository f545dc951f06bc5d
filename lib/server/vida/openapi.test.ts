import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  collect,
  rejection,
  returnOver,
  type Seen,
  sendJson,
  serve,
  TOKEN,
  testClient,
} from '@/lib/server/vida/testing/server'
import { readPage, readPages } from './pages'

/** An object is a parameter of `logs`, which describes the object that its own description is (row D7). */
const TYPES = { boolean: /^(true|false)$/, number: /^\d+$/, string: /./, object: /^\d+$/ }

const content = z.object({ 'application/json': z.object({ example: z.unknown() }) })
const schema = z.object({ required: z.array(z.string()), properties: z.record(z.string(), z.unknown()) })
const operation = z.object({
  parameters: z
    .array(
      z.object({
        name: z.string(),
        required: z.boolean(),
        schema: z.object({ type: z.enum(['boolean', 'number', 'string', 'object']) }),
      }),
    )
    .default([]),
  requestBody: z.object({ content: z.object({ 'application/json': z.object({ schema }) }) }).optional(),
  responses: z.record(z.string(), z.object({ content: content.optional() })),
})
const document = z
  .object({
    components: z.object({ securitySchemes: z.object({ apiKeyAuth: z.object({ in: z.string(), name: z.string() }) }) }),
    paths: z.record(z.string(), z.record(z.string(), operation)),
  })
  .parse(JSON.parse(await readFile('e2e/support/vida-openapi.json', 'utf8')))

const at = (method: string, path: string) => document.paths[path]?.[method.toLowerCase()]

function exampleOf(method: string, path: string, status = '200'): unknown {
  const answer = at(method, path)?.responses[status]?.content?.['application/json'].example
  if (answer === undefined) throw new Error(`The document has no example of ${method} ${path}, ${status}.`)
  return answer
}

/** `searchAccounts` with the account of `getAccountByExternalId`, as its own entries have no fields (row D4). */
function listExample(): object {
  const { account } = z.object({ account: z.unknown() }).parse(exampleOf('GET', '/api/v2/getAccountByExternalId'))
  return { ...z.object({}).loose().parse(exampleOf('GET', '/api/v2/searchAccounts')), accounts: [account] }
}

/** Everything that the client can ask Vida. */
async function allCalls(): Promise<Seen[]> {
  await using vida = await serve(({ url }, response) => {
    if (url.pathname.endsWith('/account')) return sendJson(response, 200, { id: 7 })
    if (url.pathname.endsWith('/phoneNumbers')) return sendJson(response, 200, { phoneNumbers: [], total: 0 })
    if (url.pathname.endsWith('/recent')) return sendJson(response, 200, [])
    if (url.pathname.endsWith('/logs')) return sendJson(response, 200, { success: true, logs: [] })
    if (url.pathname.includes('/list')) return sendJson(response, 200, { accounts: [], total: 0 })
    sendJson(response, 200, { success: true })
  })
  const client = testClient(vida.baseUrl)
  await client.whoAmI()
  await client.account('7')
  await client.numbers('7')
  await client.messages('7', null)
  await client.logs('7', Date.now())
  for (const list of [client.resellers('1'), client.organizations('2'), client.accounts('3')]) await collect(list)
  await returnOver(client, '+12145551234')
  return vida.seen
}

describe('Vida’s own document', () => {
  it('knows every endpoint that is called, with its parameters, or a row says why not', async () => {
    const { apiKeyAuth } = document.components.securitySchemes
    const unknown = new Set<string>()
    const undocumented = new Set<string>()
    const called = await allCalls()
    for (const { method, url, body } of called) {
      const known = at(method, url.pathname)
      if (!known) {
        unknown.add(`${method} ${url.pathname}`)
        continue
      }
      const token = url.searchParams.get(apiKeyAuth.name)
      expect([apiKeyAuth.in, token]).toEqual(['query', TOKEN])
      url.searchParams.delete(apiKeyAuth.name)
      for (const { name, required } of known.parameters)
        if (required) expect([...url.searchParams.keys()]).toContain(name)
      for (const [name, value] of url.searchParams) {
        const parameter = known.parameters.find((each) => each.name === name)
        if (!parameter) undocumented.add(`${name} of ${url.pathname}`)
        else expect(value, `${name} of ${url.pathname}`).toMatch(TYPES[parameter.schema.type])
      }
      const fields = known.requestBody?.content['application/json'].schema
      const sent = body === '' ? [] : Object.keys(JSON.parse(body))
      expect(sent).toEqual(fields?.required ?? [])
    }
    expect(new Set(called.map(({ url }) => url.pathname)).size).toBe(8)
    expect([...unknown], 'D1').toEqual(['GET /api/v2/phoneNumbers'])
    expect([...undocumented]).toEqual(['targetAccountId of /api/v2/messages/recent'])
  })

  it('answers who is signed in without a role', async () => {
    await using vida = await serve((_, response) => sendJson(response, 200, exampleOf('GET', '/api/v2/account')))
    const found = await testClient(vida.baseUrl).whoAmI()
    expect(found, 'D2').toMatchObject({ id: '123', name: 'user@example.com', role: 'unknown', root: null })
    expect(await testClient(vida.baseUrl).account('123')).toMatchObject({ id: '123', mainNumber: undefined })
  })

  it('says nothing of the lists, which are read as the one that it knows', async () => {
    const lists = ['/api/v2/listResellers', '/api/v2/listOrganizations', '/api/v2/listAccounts']
    const answers = lists.flatMap((path) => Object.values(at('GET', path)?.responses ?? {}))
    expect(
      answers.filter(({ content }) => content),
      'D3',
    ).toEqual([])
    const search = await readPage(exampleOf('GET', '/api/v2/searchAccounts'), 'account')
    expect(search, 'D4').toMatchObject({ total: 1, pageSize: 20, number: 0, accounts: [], unknownName: null })
    for (const level of ['reseller', 'organization', 'account'] as const) {
      const accounts = await collect(readPages(() => readPage(listExample(), level), 5))
      expect(accounts).toMatchObject([{ id: '3', name: 'accountUsername', organizationId: '3' }])
    }
  })

  it.each([
    ['200', 'returned', 'Success'],
    ['400', 'refused', null],
    ['401', 'refused', null],
    ['404', 'refused', 'A descriptive error message'],
  ])('answers a return with %s: %s', async (status, kind, message) => {
    const path = '/api/v2/phoneNumber/return'
    expect(Object.keys(at('POST', path)?.responses ?? {}), 'D5').toEqual(['200', '400', '401', '404'])
    const body = at('POST', path)?.responses[status]?.content?.['application/json'].example ?? null
    await using vida = await serve((_, response) => sendJson(response, Number(status), body))
    expect(await returnOver(testClient(vida.baseUrl), '+12145551234')).toMatchObject({ kind, message })
  })

  it('answers with calls and texts of which time, kind and Vida’s own number are read', async () => {
    expect(at('GET', '/api/v2/messages/recent')?.parameters, 'D6').toEqual([])
    expect(
      at('GET', '/api/v2/logs')?.parameters.map(({ schema: { type } }) => type),
      'D7',
    ).toContain('object')
    const messages = exampleOf('GET', '/api/v2/messages/recent')
    const part = exampleOf('GET', '/api/v2/logs')
    let logs = part
    await using vida = await serve(({ url }, response) =>
      sendJson(response, 200, url.pathname.endsWith('/logs') ? logs : messages),
    )
    const client = testClient(vida.baseUrl)
    const call = { at: 1_718_463_395_000, kind: 'call', number: '+15125559876' }
    expect(await client.messages('7', new Set([call.number]))).toMatchObject({ entries: [call], isWithoutGap: true })
    const event = { at: Date.UTC(2025, 8, 30, 12, 34, 56, 789), kind: null, number: null }
    const asked = () => client.logs('acct_123', Date.now())
    expect(await asked(), 'one entry of 5,231 shows no order').toMatchObject({ entries: [], isWithoutGap: false })
    logs = { ...z.looseObject({}).parse(part), totalCount: 1, pagination: { hasMore: false } }
    expect(await asked()).toMatchObject({ entries: [event] })
  })

  it('answers every failure that it shows with a sentence that is read', async () => {
    const failures = Object.entries(at('GET', '/api/v2/getAccountByExternalId')?.responses ?? {}).filter(
      ([status]) => status !== '200',
    )
    expect(failures).toHaveLength(4)
    for (const [status] of failures) {
      const body = exampleOf('GET', '/api/v2/getAccountByExternalId', status)
      await using vida = await serve((_, response) => sendJson(response, Number(status), body))
      const { message } = z.object({ message: z.string() }).parse(body)
      expect(await rejection(testClient(vida.baseUrl).whoAmI())).toMatchObject({ vidaMessage: message })
    }
  })

  it('differs from the code only in the rows that tests name', async () => {
    const rows = (await readFile('docs/vida-api.md', 'utf8')).matchAll(/^\| (D\d+) \|/gm)
    const tests = await readFile('lib/server/vida/openapi.test.ts', 'utf8')
    const named = [...tests.matchAll(/'(D\d+)'/g)].map(([, row]) => row)
    expect([...rows].map(([, row]) => row)).toEqual(named)
  })
})
