import { apiClient, clientWith } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { ask, ownHeaders } from '../support/raw-request.ts'
import { startApp } from '../support/servers.ts'
import { dataIn } from '../support/test-app.ts'

test.use({ sharedApp: null })

const NORTHWIND = '70001'

test('a token whose account is not on the list is told what to do, and gets no session', async ({
  sandbox,
  dataDir,
}) => {
  const env = { VIDA_API_BASE_URL: sandbox.url, DATA_DIR: dataIn(dataDir), ALLOWED_ACCOUNT_IDS: `9, ${NORTHWIND}` }
  const app = await startApp(env)
  try {
    const mine = await apiClient(app.url, sandbox.tokens.reseller)
    const body = JSON.stringify({ token: sandbox.tokens.otherReseller })
    for (const cookie of [undefined, mine.cookie]) {
      const headers = ownHeaders(app.url, cookie)
      const answer = await ask(app.url, '/api/session', { method: 'POST', headers, body })
      expect([answer.status, answer.code]).toEqual([403, 'account_not_allowed'])
      expect(answer.text).toContain('Ask your administrator to add it to ALLOWED_ACCOUNT_IDS.')
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
    expect((await mine.get('/api/session')).status, 'the session that was there goes on').toBe(200)
    expect(app.output()).toContain('"code":"account_not_allowed"')
  } finally {
    await app.stop()
  }
})

test('a session of an account that a new list lacks is over, on the API and on pages', async ({
  app,
  sandbox,
  dataDir,
  signIn,
}) => {
  const mine = await signIn()
  const theirs = await signIn(sandbox.tokens.otherReseller)
  await app.stop()
  const env = { VIDA_API_BASE_URL: sandbox.url, DATA_DIR: dataIn(dataDir), ALLOWED_ACCOUNT_IDS: NORTHWIND }
  const limited = await startApp(env)
  try {
    await sandbox.control.clearLog()
    const [here, there] = [mine, theirs].map(({ cookie }) => clientWith(limited.url, cookie))
    expect((await there?.get<{ code: string }>('/api/session'))?.body.code).toBe('signed_out')
    expect((await there?.get('/api/returns'))?.status).toBe(401)
    expect((await there?.raw('/numbers', { redirect: 'manual' }))?.headers.get('location')).toBe('/sign-in?ended=1')
    expect((await sandbox.control.log()).total, 'nothing is read with their token').toBe(0)
    expect((await here?.get('/api/session'))?.status).toBe(200)
  } finally {
    await limited.stop()
  }
})
