import { clientWith } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'

test('a signed-in token is told who it is, and nothing else of it comes back', async ({ app, sandbox }) => {
  const response = await fetch(`${app.url}/api/session`, {
    method: 'POST',
    headers: { origin: app.url, 'content-type': 'application/json' },
    body: JSON.stringify({ token: sandbox.tokens.reseller }),
  })
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({
    account: { id: '70001', name: 'Northwind Voice', role: 'reseller', canReturn: true, foundByAsking: false },
  })
})

test('what is not seen around a pasted token is taken off', async ({ app, sandbox }) => {
  const response = await fetch(`${app.url}/api/session`, {
    method: 'POST',
    headers: { origin: app.url, 'content-type': 'application/json' },
    body: JSON.stringify({ token: `\u200b\u200e ${sandbox.tokens.reseller}\u00ad\n` }),
  })
  expect(response.status).toBe(200)
})

test('a session tells when it ends, by the server’s clock', async ({ signIn }) => {
  const client = await signIn()
  const { body } = await client.get<Record<'now' | 'idleEndsAt' | 'endsAt', string> & { warnSeconds: number }>(
    '/api/session',
  )
  const after = (time: string) => Math.round((Date.parse(time) - Date.parse(body.now)) / 60_000)
  expect([after(body.idleEndsAt), after(body.endsAt), body.warnSeconds]).toEqual([30, 480, 120])
  expect(Math.abs(Date.parse(body.now) - Date.now())).toBeLessThan(60_000)
})

test('a copied cookie is worth nothing after signing out', async ({ signIn }) => {
  const client = await signIn()
  const copy = clientWith(client.url, client.cookie)
  expect((await copy.get('/api/session')).status).toBe(200)
  expect((await client.signOut()).status).toBe(204)
  expect((await copy.get<{ code: string }>('/api/session')).body.code).toBe('signed_out')
})

test('a page that is opened when the session is over leads to the sign-in page, which says so and leads back', async ({
  app,
  signIn,
}) => {
  const client = await signIn()
  const open = async (cookie: string) => {
    const answer = await fetch(`${app.url}/history?q=bakery`, { headers: { cookie }, redirect: 'manual' })
    return answer.headers.get('location')
  }
  expect(await open('')).toBe('/sign-in?next=%2Fhistory%3Fq%3Dbakery')
  await client.signOut()
  expect(await open(client.cookie)).toBe('/sign-in?ended=1&next=%2Fhistory%3Fq%3Dbakery')
})
