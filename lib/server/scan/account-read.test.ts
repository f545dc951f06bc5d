import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Sandbox, startSandbox } from '@/e2e/vida-sandbox/sandbox'
import type { Session } from '@/lib/server/session/current'
import { createVidaClient } from '@/lib/server/vida/client'
import { Pace } from '@/lib/server/vida/pace'
import { look } from './account-read'
import { rememberLists } from './known'

const world = vi.hoisted(() => ({ baseUrl: '', token: '', patched: [] as string[] }))

vi.mock('@/lib/server/vida/connection', () => ({
  vidaFor: () => createVidaClient({ baseUrl: world.baseUrl, token: world.token, pace: new Pace(8) }),
}))
vi.mock('@/lib/server/session/current', () => ({}))
vi.mock('@/lib/server/snapshots/snapshots', () => ({
  snapshots: async () => ({
    patch: async (_identity: string, id: string, numbers: object[]) =>
      void world.patched.push(`${id}: ${numbers.length}`),
  }),
}))

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
  Object.assign(world, { baseUrl: sandbox.url, token: sandbox.tokens.reseller })
})
beforeEach(async () => {
  await sandbox.control.reset()
  world.patched = []
})
afterAll(() => sandbox.close())

const MAIN = '+12145550105'
const OTHER = '+12145550106'
const NOWHERE = '+12145559999'

let looks = 0
/** A look at account 100002, which holds `MAIN` and `OTHER`, by an identity of its own. @param lists what it knows of lists */
async function looked(number: string, lists: boolean | null = null): Promise<string> {
  looks += 1
  const session: Session = {
    id: 's',
    identity: `identity ${looks}`,
    account: { id: '70001', name: 'Northwind Voice', role: 'reseller', canReturn: true },
    root: { kind: 'reseller', id: '70001', name: 'Northwind Voice' },
    token: world.token,
    origin: world.baseUrl,
    endsAt: Number.MAX_SAFE_INTEGER,
  }
  if (lists !== null) rememberLists(session.identity, lists)
  const found = await look(session, '100002', number)
  if (found.kind === 'unreadable') return `unreadable: ${found.failure.code}`
  return `${found.kind}: ${found.numbers?.map((held) => held.number).join() ?? 'numbers unknown'}`
}

describe('a look at one account', () => {
  it('shows what is there and what is gone, and puts the whole list into what is kept', async () => {
    expect(await looked(OTHER)).toBe(`there: ${MAIN},${OTHER}`)
    expect(await looked(NOWHERE)).toBe(`gone: ${MAIN},${OTHER}`)
    expect(world.patched).toEqual(['100002: 2', '100002: 2'])
  })

  it('looks at every page where the list comes in pages, and calls nothing gone that stands on a later one', async () => {
    await sandbox.control.configure({ numbersPageSize: 1 })
    expect(await looked(OTHER)).toBe(`there: ${MAIN},${OTHER}`)
    expect(await looked(NOWHERE)).toBe(`gone: ${MAIN},${OTHER}`)
    const answer = { kind: 'status', status: 404 } as const
    await sandbox.control.fault({ match: { path: 'phoneNumbers', query: { page: '1' } }, effect: { answer } })
    expect(await looked(OTHER)).toBe('unreadable: read_refused')
  })

  it('takes a 404 for that account’s failure where lists were offered before', async () => {
    await sandbox.control.configure({ numbersOffered: false })
    expect(await looked(MAIN, true)).toBe('unreadable: not_offered')
  })

  describe('where one 404 is all that is known of number lists', () => {
    beforeEach(() => sandbox.control.configure({ numbersOffered: false }))

    it('finds the main number there, and leaves what is kept alone: the account may hold more', async () => {
      expect(await looked(MAIN, null)).toBe('there: numbers unknown')
      expect(world.patched).toEqual([])
    })

    it('never calls a number gone because the main one is another', async () => {
      for (const number of [OTHER, NOWHERE]) expect(await looked(number, null)).toBe('unreadable: not_offered')
    })

    it.each(['number', 'null', 'absent', 'lists-only'] as const)(
      'never calls a number gone where the account object has its main number as: %s',
      async (mainNumber) => {
        await sandbox.control.configure({ mainNumber })
        for (const number of [MAIN, OTHER]) expect(await looked(number, null)).toBe('unreadable: not_offered')
      },
    )
  })

  describe('where Vida is known to offer no number lists', () => {
    beforeEach(() => sandbox.control.configure({ numbersOffered: false }))

    it('takes the account object for what there is, and leaves what is kept alone', async () => {
      expect(await looked(MAIN, false)).toBe(`there: ${MAIN}`)
      expect(await looked(OTHER, false)).toBe(`gone: ${MAIN}`)
      await sandbox.control.configure({ mainNumber: 'null' })
      expect(await looked(MAIN, false)).toBe('gone: ')
      expect(world.patched).toEqual([])
    })

    it.each(['number', 'absent', 'lists-only'] as const)(
      'never calls a number gone where the account object has its main number as: %s',
      async (mainNumber) => {
        await sandbox.control.configure({ mainNumber })
        for (const number of [MAIN, OTHER]) expect(await looked(number, false)).toBe('unreadable: not_offered')
      },
    )
  })
})
