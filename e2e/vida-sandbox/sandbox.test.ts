import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from './sandbox.ts'
import { get, postReturn, vidaUrl } from './test-client.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
beforeEach(() => sandbox.control.reset())
afterAll(() => sandbox.close())

const number = '+12145550101'
const refusal = { success: false, message: expect.any(String) }

describe('the default data', () => {
  test('has 12 organizations, 40 agents and 90 numbers below the main reseller', async () => {
    const accounts = await sandbox.control.accounts()
    const organizations = accounts.filter((a) => a.kind === 'organization' && a.parentId === '70001')
    const ids = new Set(organizations.map(({ id }) => id))
    const agents = accounts.filter((a) => a.kind === 'account' && a.parentId !== null && ids.has(a.parentId))
    for (const { id } of agents) ids.add(id)
    const numbers = (await sandbox.control.numbers()).filter(({ accountId }) => ids.has(accountId))
    expect([organizations.length, agents.length, numbers.length]).toEqual([12, 40, 90])
    expect(new Set(numbers.map((place) => place.number)).size).toBe(90)
    expect(numbers.every((place) => /^\+[1-9]\d{9,13}$/.test(place.number))).toBe(true)
  })

  test('is the same at every start', async () => {
    const second = await startSandbox()
    expect(await second.control.numbers()).toEqual(await sandbox.control.numbers())
    expect(await second.control.accounts()).toEqual(await sandbox.control.accounts())
    await second.close()
  })

  test('can be a generated one of a given size', async () => {
    await sandbox.control.reset({ size: { organizations: 250, accountsPerOrganization: 10, numbersPerAccount: 20 } })
    const numbers = await sandbox.control.numbers()
    const below = numbers.filter(({ accountId }) => Number(accountId) > 1_000_000)
    expect(below.length).toBe(50_000)
    expect(new Set(below.map((place) => place.number)).size).toBe(50_000)
    await expect(
      sandbox.control.reset({ size: { organizations: 1e6, accountsPerOrganization: 1, numbersPerAccount: 1 } }),
    ).rejects.toThrow('at most')
  })
})

describe('who am I', () => {
  test.each([
    ['administrator', { superAdmin: true }],
    ['partner', { accountType: 'partner' }],
    ['reseller', { accountType: 'reseller', id: 70001, name: 'Northwind Voice' }],
    ['organization', { accountType: 'organization', organizationId: '8001' }],
    ['agent', { accountType: 'account', vidaPhoneNumber: '+1-214-555-0101' }],
  ] as const)('tells what a %s is', async (role, expected) => {
    expect(await get(sandbox, role, 'account')).toMatchObject({ status: 200, body: expected })
  })

  test('does not tell what the unknown one is', async () => {
    const { body } = await get(sandbox, 'unknown', 'account')
    expect(body).toMatchObject({ id: expect.anything() })
    for (const field of ['accountType', 'organizationId', 'superAdmin']) expect(body).not.toHaveProperty(field)
  })

  test('can leave all but the documented fields out', async () => {
    await sandbox.control.configure({ accountShape: 'documented' })
    const { body } = await get(sandbox, 'reseller', 'account')
    expect(body).toEqual({ id: 70001, username: 'reseller.70001', details: {} })
  })

  test('answers for a child account of the token', async () => {
    const { body } = await get(sandbox, 'reseller', 'account', { targetAccountId: '100031' })
    expect(body).toMatchObject({ name: "O'Malley's Bar", orgName: 'Harbor Lights Hotel Group' })
  })

  test('refuses a missing, foreign or revoked token, and one in a header', async () => {
    const url = `${sandbox.url}/api/v2/account`
    const answers = [
      await fetch(url),
      await fetch(`${url}?token=nonsense`),
      await fetch(url, { headers: { authorization: `Bearer ${sandbox.tokens.reseller}` } }),
    ]
    await sandbox.control.configure({ revoked: ['reseller'] })
    answers.push(await fetch(vidaUrl(sandbox, 'reseller', 'account')))
    for (const answer of answers) {
      expect(answer.status).toBe(401)
      expect(await answer.json()).toEqual(refusal)
    }
  })
})

describe('the lists', () => {
  test('hide inactive ones unless they are asked for', async () => {
    const total = async (query: Record<string, string>) =>
      (await get(sandbox, 'reseller', 'listOrganizations', { targetResellerId: 70001, pagination: true, ...query }))
        .body
    expect(await total({})).toMatchObject({ totalOrganizations: 10, pageSize: 20, pageNumber: 0 })
    expect(await total({ active: 'false' })).toMatchObject({ totalOrganizations: 2 })
  })

  test('come in pages from 0, no larger than the cap', async () => {
    await sandbox.control.configure({ pageSizeCap: 2, listShape: 'bare' })
    const page = async (at: number) =>
      (await get(sandbox, 'reseller', 'listAccounts', { targetOrganizationId: 8001, pagination: true, page: at })).body
    expect(await page(0)).toMatchObject([{ name: 'Front desk' }, { name: 'After hours' }])
    expect(await page(2)).toMatchObject([{ name: 'Overflow' }])
    expect(await page(3)).toEqual([])
  })

  test('need their target, and stay within the hierarchy of the token', async () => {
    expect((await get(sandbox, 'reseller', 'listAccounts')).status).toBe(400)
    expect((await get(sandbox, 'reseller', 'listAccounts', { targetOrganizationId: 8101 })).status).toBe(403)
    expect((await get(sandbox, 'otherReseller', 'listAccounts', { targetOrganizationId: 8101 })).status).toBe(200)
    expect((await get(sandbox, 'agent', 'listAccounts', { targetOrganizationId: 8001 })).status).toBe(403)
    expect((await get(sandbox, 'reseller', 'listAccounts', { targetOrganizationId: 31337 })).status).toBe(404)
    expect((await get(sandbox, 'partner', 'listResellers', { targetPartnerId: 60001 })).body).toMatchObject({
      totalResellers: 2,
    })
  })

  test('answer in each shape that the document allows', async () => {
    const keys = async (listShape: 'named' | 'accounts' | 'null' | 'number') => {
      await sandbox.control.configure({ listShape })
      return (await get(sandbox, 'reseller', 'listOrganizations', { targetResellerId: 70001 })).body
    }
    expect(await keys('named')).not.toHaveProperty('totalOrganizations')
    expect(await keys('accounts')).toMatchObject({ accounts: expect.any(Array), totalAccounts: 10 })
    expect(await keys('null')).toEqual({ success: true, organizations: null })
    expect(await keys('number')).toBe(42)
  })
})

describe('numbers', () => {
  test('of an account, and of an organization itself', async () => {
    await sandbox.control.configure({ numbersShape: 'strings' })
    const own = await get(sandbox, 'reseller', 'phoneNumbers', { targetAccountId: 8008 })
    expect(own.body).toEqual({ success: true, phoneNumbers: ['+12125550101', '+12125550102', '+12125550103'] })
    await sandbox.control.configure({ numbersShape: 'bare-number-objects' })
    const agent = await get(sandbox, 'reseller', 'phoneNumbers', { targetAccountId: 100031 })
    expect(agent.body).toEqual([{ number: '+12125550115', label: 'Line 15' }])
    expect((await get(sandbox, 'reseller', 'phoneNumbers', { targetAccountId: 200001 })).status).toBe(403)
  })

  test('are not offered anywhere if so switched', async () => {
    await sandbox.control.configure({ numbersOffered: false })
    const { status, body } = await get(sandbox, 'reseller', 'phoneNumbers', { targetAccountId: 100001 })
    expect([status, body]).toEqual([404, refusal])
  })

  test.each([
    ['text', '+12145550105', '+12145550105'],
    ['number', 12145550105, 12145550105],
    ['null', null, null],
    ['absent', undefined, undefined],
    ['lists-only', '+12145550105', undefined],
  ] as const)('have a main one that the account object names (%s)', async (mainNumber, inList, alone) => {
    await sandbox.control.configure({ mainNumber })
    const list = await get(sandbox, 'reseller', 'listAccounts', { targetOrganizationId: 8001 })
    const { accounts } = list.body as { accounts: { vidaPhoneNumber?: unknown }[] }
    expect(accounts[1]?.vidaPhoneNumber).toBe(inList)
    const one = await get(sandbox, 'reseller', 'account', { targetAccountId: 100002 })
    expect((one.body as { vidaPhoneNumber?: unknown }).vidaPhoneNumber).toBe(alone)
  })

  test('come in pages if so switched', async () => {
    await sandbox.control.configure({ numbersPageSize: 3, numbersShape: 'strings' })
    const page = async (query: Record<string, unknown>) =>
      (await get(sandbox, 'reseller', 'phoneNumbers', { targetAccountId: 100001, ...query })).body
    expect(await page({})).toMatchObject({ phoneNumbers: [{}, {}, {}].map(() => expect.any(String)), pageNumber: 0 })
    expect(await page({ page: 1, pageSize: 20 })).toEqual({
      ...{ success: true, phoneNumbers: ['+12145550104'], totalPhoneNumbers: 4, pageSize: 3, pageNumber: 1 },
    })
  })

  test('vanish when they are returned, and cannot be returned again', async () => {
    const answer = await postReturn(sandbox, number)
    expect([answer.status, await answer.json()]).toEqual([200, { success: true, message: 'Success' }])
    const { body } = await get(sandbox, 'reseller', 'account', { targetAccountId: 100001 })
    expect(body).toMatchObject({ vidaPhoneNumber: '+1-214-555-0102' })
    const again = await postReturn(sandbox, number)
    expect([again.status, await again.json()]).toEqual([404, refusal])
  })

  test('are returned by resellers and above, below themselves, and by nobody else', async () => {
    expect((await postReturn(sandbox, number, 'agent')).status).toBe(401)
    expect((await postReturn(sandbox, number, 'organization')).status).toBe(401)
    expect((await postReturn(sandbox, number, 'otherReseller')).status).toBe(404)
    expect((await postReturn(sandbox, number, 'unknown')).status).toBe(200)
    expect((await postReturn(sandbox, '')).status).toBe(400)
    const url = vidaUrl(sandbox, 'reseller', 'phoneNumber/return')
    expect((await fetch(url, { method: 'POST', body: '{' })).status).toBe(400)
  })
})
