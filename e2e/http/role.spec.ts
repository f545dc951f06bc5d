import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK } from '../support/returns.ts'
import type { AppProcess } from '../support/servers.ts'

const [place, second] = FRONT_DESK

test('a role that Vida took away since the sign-in returns nothing more, as soon as Vida has refused a return', async ({
  api,
}) => {
  await api.client.events()
  await api.control.configure({ identity: { reseller: { accountType: 'organization', resellerId: null } } })
  await api.treatReturns({ answer: { kind: 'status', status: 403, message: 'Requires a reseller account' } })
  await api.control.clearLog()
  expect((await api.confirm(place)).body).toMatchObject({ outcome: 'refused', message: 'Requires a reseller account' })
  await api.control.waitFor({ path: 'account', settled: true })
  expectProblem(await api.confirm(second), 403, 'not_allowed')
  await api.expectOnePost(place.number)
  const { body } = await api.client.get('/api/session')
  expect(body).toMatchObject({ account: { role: 'organization', canReturn: false } })
})

test('Vida is not asked who is signed in before each return', async ({ api }) => {
  await api.control.clearLog()
  expect((await api.confirm(place)).body).toMatchObject({ outcome: 'returned' })
  expect((await api.confirm(second)).body).toMatchObject({ outcome: 'returned' })
  const { entries } = await api.control.log()
  expect(entries.filter(({ path }) => path.endsWith('/account'))).toEqual([])
})

test.describe('ten minutes after Vida stated the role', () => {
  const CLOCK = new URL('../support/clock-ahead.mjs', import.meta.url).href
  test.use({ sharedApp: null, appEnv: { NODE_OPTIONS: `--import ${CLOCK}` } })

  async function elevenMinutesLater(app: AppProcess): Promise<void> {
    app.child.kill('SIGUSR2')
    await expect.poll(() => app.output()).toContain('eleven minutes later')
  }

  test('it is asked for before a return, and who lost the right returns nothing', async ({ app, api }) => {
    await api.client.events()
    await api.control.configure({ identity: { reseller: { accountType: 'organization', resellerId: null } } })
    await elevenMinutesLater(app)
    await api.control.clearLog()
    expectProblem(await api.confirm(place), 403, 'not_allowed')
    expect((await api.posts()).length).toBe(0)
  })

  test('a Vida that does not say gets no return, and the next return asks again', async ({ app, api }) => {
    await api.client.events()
    await elevenMinutesLater(app)
    await api.control.fault({ match: { path: 'account' }, effect: { answer: { kind: 'status', status: 500 } } })
    await api.control.clearLog()
    expectProblem(await api.confirm(place), 503, 'vida_unreachable')
    expect(await api.record(place.number)).toMatchObject({ outcome: 'not_sent' })
    expect((await api.posts()).length).toBe(0)
    await api.control.clearFaults()
    expect((await api.confirm(place)).body).toMatchObject({ outcome: 'returned' })
    await api.expectOnePost(place.number)
  })
})
