import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type ApiClient, apiClient, clientWith } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { ownHeaders } from '../support/raw-request.ts'
import { type AppProcess, startApp } from '../support/servers.ts'

test.use({ sharedApp: null })

const OLD = 'nMq8vT2zKp5wXr7yLb4cJd9fHg3sAe6u'
const NEW = 'Zx3Vb6Nm9Qw2Er5Ty8Ui1Op4As7Df0Gh'

test('the rows of sessions that have expired are removed by a later sign-in', async ({ app, sandbox, dataDir }) => {
  const rows = <Answer>(read: (file: DatabaseSync) => Answer) => {
    const file = new DatabaseSync(join(dataDir, 'data', 'numberdesk.sqlite'), { timeout: 5_000 })
    try {
      return read(file)
    } finally {
      file.close()
    }
  }
  const count = () => rows((file) => file.prepare('select id from sessions').all().length)
  for (let index = 0; index < 3; index += 1) await apiClient(app.url, sandbox.tokens.reseller)
  expect(count()).toBe(3)
  await app.stop()
  rows((file) => file.prepare('update sessions set expires_at = ?').run(Date.now() - 1))
  const later = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data') })
  await apiClient(later.url, sandbox.tokens.reseller)
  await expect.poll(count).toBe(1)
  await later.stop()
})

test.describe('with a secret of the operator’s', () => {
  test.use({ appEnv: { SESSION_SECRET: OLD } })

  test('several instances rotate it one by one and sign nobody out; taking the old one out ends what it sealed', async ({
    app,
    sandbox,
    dataDir,
  }) => {
    const start = (SESSION_SECRET: string) =>
      startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data'), SESSION_SECRET })
    const signInAt = ({ url }: AppProcess) => apiClient(url, sandbox.tokens.reseller)
    const statusAt = async ({ url }: AppProcess, { cookie }: ApiClient) =>
      (await clientWith(url, cookie).get('/api/session')).status
    const expectBoth = async (one: AppProcess, other: AppProcess) => {
      expect(await statusAt(other, await signInAt(one))).toBe(200)
      expect(await statusAt(one, await signInAt(other))).toBe(200)
    }
    const [known, first] = [await start(`${OLD},${NEW}`), await start(`${NEW}, ${OLD}`)]
    const before = await signInAt(app)
    await expectBoth(app, known)
    await expectBoth(known, first)
    expect(await statusAt(first, before), 'from before to the end').toBe(200)
    expect(await statusAt(app, before), 'used there, it is as good as ever here').toBe(200)
    const later = await signInAt(first)
    expect(await statusAt(app, later), 'the new one seals, so one step would be too hasty').toBe(401)
    await Promise.all([known.stop(), first.stop()])

    const onlyNew = await start(NEW)
    expect(await statusAt(onlyNew, before), 'sealed by the old one').toBe(401)
    expect(await statusAt(onlyNew, later), 'sealed by the new one').toBe(200)
    const newcomer = await signInAt(onlyNew)
    await newcomer.raw('/api/session?everywhere=1', { method: 'DELETE', headers: ownHeaders(onlyNew.url) })
    expect(await statusAt(onlyNew, later), 'one identity under old and new').toBe(401)
    await onlyNew.stop()
  })
})
