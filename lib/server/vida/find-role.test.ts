import { describe, expect, it } from 'vitest'
import { type Seen, sendJson, serve, testClient } from '@/lib/server/vida/testing/server'

const ME = '70001'

interface Answer {
  status?: number
  body: unknown
}
type Answers = Partial<Record<'listResellers' | 'listOrganizations' | 'listAccounts' | 'phoneNumbers', Answer>>

const NO = { status: 404, body: { success: false, message: 'Not found' } }
const RESELLERS = { body: { resellers: [{ id: 1, partnerId: ME }] } }
const ORGANIZATIONS = {
  body: {
    organizations: [
      { id: 8001, organizationId: 8001, resellerId: Number(ME) },
      { id: 8002, resellerId: ME },
    ],
  },
}
const ACCOUNTS = { body: { accounts: [{ id: 100001, organizationId: ME, resellerId: 9 }] } }
const NUMBERS = { body: { phoneNumbers: ['+12145550101'] } }

const nameOf = ({ url }: Seen) => url.pathname.replace('/api/v2/', '')

async function found(answers: Answers, options: Parameters<typeof testClient>[1] = {}) {
  const byName: Record<string, Answer> = answers
  await using vida = await serve((request, response) => {
    const { status = 200, body } = byName[nameOf(request)] ?? NO
    sendJson(response, status, body)
  })
  const role = await testClient(vida.baseUrl, options).findRole(ME)
  return { role, seen: vida.seen }
}

describe('a role that Vida does not state', () => {
  it.each([
    ['partner', { listResellers: RESELLERS }],
    ['reseller', { listOrganizations: ORGANIZATIONS }],
    ['organization', { listAccounts: ACCOUNTS }],
    ['agent', { phoneNumbers: NUMBERS }],
    ['organization', { listAccounts: { body: [{ id: 1, organizationId: ME }] }, phoneNumbers: { body: [] } }],
  ] as const)('is %s where that list alone names the account as the parent', async (role, answers) => {
    expect((await found(answers)).role).toBe(role)
  })

  it('is asked for by four GETs, one of each list', async () => {
    const { seen } = await found({ listOrganizations: ORGANIZATIONS })
    expect(seen.map((request) => `${request.method} ${nameOf(request)}`).sort()).toEqual([
      'GET listAccounts',
      'GET listOrganizations',
      'GET listResellers',
      'GET phoneNumbers',
    ])
    for (const { url } of seen) expect([...url.searchParams.values()]).toContain(ME)
  })

  it.each<[string, Answers]>([
    ['all refuse', {}],
    ['Vida refuses the token for them', { listOrganizations: { status: 401, body: { success: false } } }],
    ['the lists are empty', { listOrganizations: { body: { organizations: [] } }, phoneNumbers: { body: [] } }],
    ['two levels decide', { listOrganizations: ORGANIZATIONS, listAccounts: ACCOUNTS }],
    ['an organization holds numbers itself', { listAccounts: ACCOUNTS, phoneNumbers: NUMBERS }],
    ['entries name another parent', { listOrganizations: { body: { organizations: [{ id: 1, resellerId: 70002 }] } } }],
    [
      'one of the entries does',
      {
        listAccounts: {
          body: [
            { id: 1, organizationId: ME },
            { id: 2, organizationId: 3 },
          ],
        },
      },
    ],
    ['entries name no parent', { listAccounts: { body: [{ id: 1 }] } }],
    ['an entry cannot be read', { listAccounts: { body: [{ id: 1, organizationId: ME }, {}] } }],
    ['the answer is in an unknown shape', { listOrganizations: { body: { success: true } } }],
  ])('is unclear where %s', async (_, answers) => {
    expect((await found(answers)).role).toBe('unclear')
  })

  it.each([429, 500, 503])(
    'is unanswered after one %i, whatever the other lists show, and asked for once',
    async (status) => {
      const failed = { status, body: { success: false } }
      const { role, seen } = await found({ listOrganizations: ORGANIZATIONS, listResellers: failed })
      expect(role).toBe('unanswered')
      expect(seen).toHaveLength(4)
    },
  )

  it('is unanswered where Vida does not answer in time', async () => {
    await using vida = await serve((request, response) => {
      if (nameOf(request) !== 'phoneNumbers') sendJson(response, 404, NO.body)
    })
    const client = testClient(vida.baseUrl, { deadlines: { attemptMs: 300 } })
    expect(await client.findRole(ME)).toBe('unanswered')
    expect(vida.seen).toHaveLength(4)
  })
})
