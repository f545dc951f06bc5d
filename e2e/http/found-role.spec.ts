import { expectedInventory, inventoryIn, lastOf, problemsOf } from '../support/inventory.ts'
import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK } from '../support/returns.ts'
import type { LogEntry } from '../vida-sandbox/log.ts'

const [place, second] = FRONT_DESK
const QUESTIONS = ['listAccounts', 'listOrganizations', 'listResellers', 'phoneNumbers']
const UNKNOWN = { role: 'unknown', canReturn: false, foundByAsking: false }

const namesOf = (entries: readonly LogEntry[]) => entries.map(({ path }) => path.replace('/api/v2/', '')).sort()

test.describe('where Vida does not state the role', () => {
  test.beforeEach(({ sandbox }) => sandbox.control.configure({ accountShape: 'documented' }))

  for (const [role, id, canReturn] of [
    ['partner', '60001', true],
    ['reseller', '70001', true],
    ['organization', '8001', false],
    ['agent', '100001', false],
  ] as const) {
    test(`its lists show that it is ${role}: four reads at the sign-in, and the numbers are there`, async ({
      sandbox,
      signIn,
    }) => {
      const { control, tokens } = sandbox
      await control.clearLog()
      const client = await signIn(tokens[role])
      const { entries } = await control.log()
      expect(namesOf(entries)).toEqual(['account', ...QUESTIONS])
      expect(entries.every(({ method }) => method === 'GET')).toBe(true)
      const { body } = await client.get('/api/session')
      expect(body).toMatchObject({ account: { id, role, canReturn, foundByAsking: true } })
      const events = await client.events()
      expect(lastOf(events).complete).toBe(true)
      if (role === 'agent') expect(Object.keys(inventoryIn(events))).toEqual([id])
      else expect(inventoryIn(events)).toEqual(await expectedInventory(control, id))
    })
  }

  test('a found reseller returns', async ({ api }) => {
    await api.client.events()
    expect((await api.confirm(place)).body).toMatchObject({ outcome: 'returned' })
    await api.expectOnePost(place.number)
  })

  test('a role that Vida states later goes before the found one', async ({ api }) => {
    await api.client.events()
    const stated = { accountType: 'organization', resellerId: null }
    await api.control.configure({ accountShape: 'flat', identity: { reseller: stated } })
    await api.treatReturns({ answer: { kind: 'status', status: 403 } })
    expect((await api.confirm(place)).body).toMatchObject({ outcome: 'refused' })
    const session = async () => (await api.client.get<{ account: object }>('/api/session')).body.account
    await expect.poll(session).toMatchObject({ role: 'organization', canReturn: false, foundByAsking: false })
    expectProblem(await api.confirm(second), 403, 'not_allowed')
  })

  test('two levels, or only empty lists, leave it unknown', async ({ sandbox, openApi }) => {
    const { control, tokens } = sandbox
    await control.addNumber('+12145550999', '8001')
    const body = { success: true, organizations: [] }
    const answer = { kind: 'status', status: 200, body } as const
    await control.fault({ match: { path: 'listOrganizations' }, effect: { answer } })
    for (const token of [tokens.organization, tokens.reseller]) {
      const api = await openApi(token)
      expect((await api.client.get('/api/session')).body).toMatchObject({ account: UNKNOWN })
      const events = await api.client.events()
      expect(problemsOf(events)).toEqual(['scope_unknown'])
      expect(lastOf(events)).toMatchObject({ complete: false, numbers: 0 })
      expectProblem(await api.confirm(place), 403, 'not_allowed')
      expect(await api.posts()).toEqual([])
    }
  })

  for (const status of [429, 500] as const) {
    test(`a list that answers ${status} leaves it unknown, and the next reading asks again`, async ({
      sandbox,
      signIn,
    }) => {
      const { control } = sandbox
      await control.fault({ match: { path: 'listResellers' }, effect: { answer: { kind: 'status', status } } })
      await control.clearLog()
      const client = await signIn()
      expect(namesOf((await control.log()).entries)).toEqual(['account', ...QUESTIONS])
      expect((await client.get('/api/session')).body).toMatchObject({ account: UNKNOWN })
      expect(problemsOf(await client.events())).toEqual(['scope_unknown'])
      await control.clearFaults()
      const events = await client.events()
      expect(lastOf(events)).toMatchObject({ complete: true, numbers: 90 })
      const { body } = await client.get('/api/session')
      expect(body).toMatchObject({ account: { role: 'reseller', canReturn: true, foundByAsking: true } })
    })
  }

  test.describe('ten minutes later', () => {
    const CLOCK = new URL('../support/clock-ahead.mjs', import.meta.url).href
    test.use({ sharedApp: null, appEnv: { NODE_OPTIONS: `--import ${CLOCK}` } })

    test('the found role stays: Vida is asked who is signed in, and its lists are not asked again', async ({
      app,
      api,
    }) => {
      await api.client.events()
      app.child.kill('SIGUSR2')
      await expect.poll(() => app.output()).toContain('eleven minutes later')
      await api.control.clearLog()
      expect((await api.confirm(place)).body).toMatchObject({ outcome: 'returned' })
      expect(namesOf((await api.control.log()).entries)).not.toContain('listResellers')
      expect((await api.client.get('/api/session')).body).toMatchObject({ account: { foundByAsking: true } })
    })
  })
})

test.describe('a token whose role is unknown', () => {
  const KNOWN_ROOT = { identity: { unknown: { resellerId: '70001' } } }

  test('looks, and is told which variable lets it return', async ({ sandbox, openApi }) => {
    await sandbox.control.configure(KNOWN_ROOT)
    const api = await openApi(sandbox.tokens.unknown)
    expect(lastOf(await api.client.events())).toMatchObject({ complete: true, numbers: 90 })
    const byHand = { ...place, accountId: null }
    const batch = await api.client.post<{ code?: string; detail?: string }>('/api/batches', { returns: [place] })
    for (const answer of [await api.confirm(place), await api.confirm(byHand), batch]) {
      expectProblem(answer, 403, 'not_allowed')
      expect(answer.body.detail).toContain('ALLOW_UNKNOWN_ROLE=1')
    }
    expect(await api.posts()).toEqual([])
  })

  test.describe('with ALLOW_UNKNOWN_ROLE=1', () => {
    test.use({ appEnv: { ALLOW_UNKNOWN_ROLE: '1' } })

    test('returns, and others’ rights are what they were', async ({ sandbox, openApi }) => {
      await sandbox.control.configure(KNOWN_ROOT)
      const api = await openApi(sandbox.tokens.unknown)
      await api.client.events()
      expect((await api.confirm(place)).body).toMatchObject({ outcome: 'returned' })
      await api.expectOnePost(place.number)
      const agent = await openApi(sandbox.tokens.agent)
      expectProblem(await agent.confirm(second), 403, 'not_allowed')
    })
  })
})
