import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '@/e2e/vida-sandbox/sandbox'
import { testContext } from '@/lib/server/context/testing/context'
import { sessionAt } from '@/lib/server/session/testing/sessions'
import { createVidaClient } from '@/lib/server/vida/client'
import { Pace } from '@/lib/server/vida/pace'
import { readAccount } from './account-read'

let sandbox: Sandbox
let patched: string[] = []
beforeAll(async () => {
  sandbox = await startSandbox()
})
beforeEach(async () => {
  await sandbox.control.reset()
  patched = []
})
afterAll(() => sandbox.close())

const MAIN = '+12145550105'
const OTHER = '+12145550106'
const NOWHERE = '+12145559999'

/** What reading account 100002, which holds `MAIN` and `OTHER`, shows. @param lists what is known of number lists */
async function show(number: string, lists: boolean | null = null): Promise<string> {
  const ctx = testContext({
    vida: () => createVidaClient({ baseUrl: sandbox.url, token: sandbox.tokens.reseller, pace: new Pace(8) }),
    snapshots: { patch: async (_identity, id, numbers) => void patched.push(`${id}: ${numbers.length}`) },
  })
  const session = sessionAt(sandbox.url)
  if (lists !== null) await ctx.findings.note(session.identity, 'numbers_offered', lists, Date.now())
  const found = await readAccount(ctx, session, '100002', number)
  if (found.kind === 'unreadable') return `unreadable: ${found.failure.code}`
  return `${found.kind}: ${found.numbers?.map((held) => held.number).join() ?? 'numbers unknown'}`
}

describe('reading one account', () => {
  it('shows what is there and what is gone, and saves the whole list in the snapshot', async () => {
    expect(await show(OTHER)).toBe(`there: ${MAIN},${OTHER}`)
    expect(await show(NOWHERE)).toBe(`gone: ${MAIN},${OTHER}`)
    expect(patched).toEqual(['100002: 2', '100002: 2'])
  })

  it('reads every page where the list comes in pages, and reports nothing as gone that is on a later one', async () => {
    await sandbox.control.configure({ numbersPageSize: 1 })
    expect(await show(OTHER)).toBe(`there: ${MAIN},${OTHER}`)
    expect(await show(NOWHERE)).toBe(`gone: ${MAIN},${OTHER}`)
    const answer = { kind: 'status', status: 404 } as const
    await sandbox.control.fault({ match: { path: 'phoneNumbers', query: { page: '1' } }, effect: { answer } })
    expect(await show(OTHER)).toBe('unreadable: read_refused')
  })

  describe('in pages without a total', () => {
    it('shows nothing where their order changes, not even that a number is there', async () => {
      await sandbox.control.configure({ numbersPageSize: 5 })
      for (let more = 0; more < 20; more++) await sandbox.control.addNumber(`+1214555${2000 + more}`, '100002')
      await sandbox.control.fault({ match: { path: 'phoneNumbers' }, effect: { variant: { paging: 'shuffled' } } })
      for (const number of [OTHER, NOWHERE]) expect(await show(number)).toBe('unreadable: list_changed')
      expect(patched).toEqual([])
    })
  })

  describe('with an entry that is no number', () => {
    it('finds the others there, and leaves the snapshot alone', async () => {
      await sandbox.control.addNumber('88202', '100002')
      expect(await show(OTHER)).toBe(`there: ${MAIN},${OTHER}`)
      expect(await show(NOWHERE)).toBe(`gone: ${MAIN},${OTHER}`)
      expect(patched).toEqual([])
    })

    it('shows nothing of a number whose digits the entry may be', async () => {
      await sandbox.control.addNumber('(214) 555-9999', '100002')
      expect(await show(NOWHERE)).toBe('unreadable: entry_unreadable')
      expect(await show(OTHER)).toBe(`there: ${MAIN},${OTHER}`)
      await sandbox.control.addNumber('2145550106', '100002')
      expect(await show(OTHER)).toBe('unreadable: entry_unreadable')
    })

    it('without digits proves no absence, and leaves what is listed', async () => {
      await sandbox.control.addNumber('withheld', '100002')
      expect(await show(NOWHERE)).toBe('unreadable: entry_unreadable')
      expect(await show(OTHER)).toBe(`there: ${MAIN},${OTHER}`)
    })
  })

  it('takes a 404 for that account’s failure where lists were offered before', async () => {
    await sandbox.control.configure({ numbersOffered: false })
    expect(await show(MAIN, true)).toBe('unreadable: not_offered')
  })

  describe('where one 404 is all that is known of number lists', () => {
    beforeEach(() => sandbox.control.configure({ numbersOffered: false }))

    it('finds the main number there, and leaves the snapshot alone: the account may hold more', async () => {
      expect(await show(MAIN, null)).toBe('there: numbers unknown')
      expect(patched).toEqual([])
    })

    it('never reports a number as gone because the main one is another', async () => {
      for (const number of [OTHER, NOWHERE]) expect(await show(number, null)).toBe('unreadable: not_offered')
    })

    it.each(['number', 'null', 'absent', 'lists-only'] as const)(
      'never calls a number gone where the account object has its main number as: %s',
      async (mainNumber) => {
        await sandbox.control.configure({ mainNumber })
        for (const number of [MAIN, OTHER]) expect(await show(number, null)).toBe('unreadable: not_offered')
      },
    )
  })

  describe('where Vida is known to offer no number lists', () => {
    beforeEach(() => sandbox.control.configure({ numbersOffered: false }))

    it('takes the account object for what there is, and leaves the snapshot alone', async () => {
      expect(await show(MAIN, false)).toBe(`there: ${MAIN}`)
      expect(await show(OTHER, false)).toBe(`gone: ${MAIN}`)
      await sandbox.control.configure({ mainNumber: 'null' })
      expect(await show(MAIN, false)).toBe('gone: ')
      expect(patched).toEqual([])
    })

    it.each(['number', 'absent', 'lists-only'] as const)(
      'never calls a number gone where the account object has its main number as: %s',
      async (mainNumber) => {
        await sandbox.control.configure({ mainNumber })
        for (const number of [MAIN, OTHER]) expect(await show(number, false)).toBe('unreadable: not_offered')
      },
    )
  })
})
