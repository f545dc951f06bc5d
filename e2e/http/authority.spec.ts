import type { ApiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { ask, ownHeaders, READS, WRITES } from '../support/raw-request.ts'

const PAGES = ['/', '/numbers', '/history', '/customers/8001', '/numbers?q=%2B1214', '/history?receipt=R-1']

/** What Next’s own router sends when it navigates, prefetches, or fetches a part of a page. */
const ROUTER: Record<string, string>[] = [
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1' },
  { rsc: '1', 'next-router-prefetch': '2' },
  { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  { rsc: '1', 'next-router-segment-prefetch': '/(signed-in)/numbers/__PAGE__' },
  { purpose: 'prefetch', 'sec-purpose': 'prefetch' },
]

/** Follows the redirect by which Next adds a hash of these headers to the address. */
async function asRouter(url: string, path: string, headers: Record<string, string>) {
  const first = await ask(url, `${path}${path.includes('?') ? '&' : '?'}_rsc=1`, { headers })
  const location = first.headers.location ?? ''
  return /_rsc/.test(location) ? ask(url, location, { headers }) : first
}

test('without a session every route of the API answers 401, and Vida hears nothing', async ({ app, sandbox }) => {
  const bypasses = [{}, { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }, { 'x-background': '1' }]
  for (const extra of bypasses) {
    for (const path of READS) {
      const answer = await ask(app.url, path, { headers: extra })
      expect([answer.status, answer.code], path).toEqual([401, 'signed_out'])
    }
    for (const { path, method } of WRITES) {
      if (path === '/api/session') continue
      const answer = await ask(app.url, path, { method, headers: { ...ownHeaders(app.url), ...extra }, body: '{}' })
      expect([answer.status, answer.code], path).toEqual([401, 'signed_out'])
    }
  }
  expect((await sandbox.control.log()).total).toBe(0)
})

test('without a session no page, RSC payload or prefetch holds anything of an account', async ({ app, signIn }) => {
  const client = await signIn()
  await client.events()
  const page = await client.raw('/numbers')
  expect(await page.text(), 'with a session the name is there to be found').toContain('Northwind Voice')
  await client.signOut()
  const bypass = { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy', 'x-middleware-rewrite': '/numbers' }
  for (const path of PAGES) {
    for (const cookie of [{}, { cookie: client.cookie }]) {
      const answers = [
        await ask(app.url, path, { headers: { ...cookie } }),
        await ask(app.url, path, { headers: { ...cookie, ...bypass } }),
      ]
      for (const headers of ROUTER) answers.push(await asRouter(app.url, path, { ...headers, ...cookie }))
      for (const { status, text, headers } of answers) {
        expect([200, 307], path).toContain(status)
        expect(text, path).not.toMatch(/Northwind|70001|\+1214555|Alder/)
        expect(headers['cache-control'], path).toMatch(/private.*no-store/)
      }
    }
  }
})

test('another reseller’s accounts can neither be read nor returned from, and the log says that somebody tried', async ({
  app,
  sandbox,
  signIn,
}) => {
  const client = await signIn()
  await client.events()
  const before = await sandbox.control.numbers()
  const printed = app.output().length
  await sandbox.control.clearLog()
  for (const query of [
    'accountId=200001',
    'accountId=8101',
    'organizationId=8101',
    'organizationId=70002',
    'accountId=70002',
    'accountId=60001',
  ]) {
    const answer = await client.get<{ code: string }>(`/api/numbers?${query}`)
    expect([answer.status, answer.body.code], query).toEqual([403, 'foreign_account'])
  }
  for (const accountId of ['200001', '8101', '70002', '60001']) {
    const answer = await client.post<{ code: string }>('/api/numbers/return', { number: '+13035550101', accountId })
    expect([answer.status, answer.body.code], accountId).toEqual([403, 'foreign_account'])
  }
  const { entries } = await sandbox.control.log()
  expect(entries.filter(({ method }) => method === 'POST')).toEqual([])
  expect(entries.filter(({ query }) => /^(?:2000\d\d|81\d\d|70002|60001)$/.test(Object.values(query).join()))).toEqual(
    [],
  )
  expect(await sandbox.control.numbers()).toEqual(before)
  expect(
    app
      .output()
      .slice(printed)
      .match(/"code":"foreign_account","event":"authority_refused"/g),
  ).toHaveLength(10)
})

test('a role that may not return is refused before anything is sent', async ({ sandbox, signIn }) => {
  for (const role of ['organization', 'agent'] as const) {
    const client = await signIn(sandbox.tokens[role])
    await sandbox.control.clearLog()
    const answer = await client.post<{ code: string }>('/api/numbers/return', {
      number: '+12145550101',
      accountId: '100001',
    })
    expect([answer.status, answer.body.code], role).toEqual([403, 'not_allowed'])
    expect((await sandbox.control.log()).total).toBe(0)
  }
})

test('one account’s receipts are not another’s to see, check or mark', async ({ sandbox, signIn }) => {
  const mine = await signIn()
  const theirs = await signIn(sandbox.tokens.otherReseller)
  const done = await mine.post<{ receiptId: string }>('/api/numbers/return', {
    number: '+12145550101',
    accountId: '100001',
  })
  expect(done.status).toBe(200)
  const { receiptId } = done.body
  expect(await receiptsOf(mine)).toEqual([receiptId])
  expect(await receiptsOf(theirs)).toEqual([])
  expect(await theirs.raw(`/api/returns?format=csv&search=${receiptId}`).then((csv) => csv.text())).not.toContain(
    receiptId,
  )
  for (const verb of ['check', 'mark'])
    expect((await theirs.post(`/api/returns/${receiptId}/${verb}`, {})).status, verb).toBe(404)
  expect((await theirs.get('/api/inventory')).status).toBe(404)
})

async function receiptsOf(client: ApiClient): Promise<string[]> {
  const { body } = await client.get<{ returns: { receiptId: string }[] }>('/api/returns')
  return body.returns.map(({ receiptId }) => receiptId)
}
