import { describe, expect, it } from 'vitest'
import type { InventoryEvent, NumbersEvent, ProblemEvent } from '@/lib/domain/inventory/events'
import { type FakeVida, fakeAccount, fakeClient } from '@/lib/server/scan/testing/fake-vida'
import { VidaFailure } from '@/lib/server/vida/failure'
import { type ScanOptions, type ScanScope, scan } from './scan'

const RESELLER: ScanScope = { kind: 'root', root: { kind: 'reseller', id: 'r', name: 'Reseller' } }
const list = (...ids: string[]) => ({ pages: [ids.map((id) => fakeAccount(id))] })
const notOffered = new VidaFailure('not_offered', 404)

async function scanned(vida: FakeVida, options: Partial<ScanOptions> = {}) {
  const events: InventoryEvent[] = []
  const { client, calls } = fakeClient(vida)
  const result = await scan({
    client,
    scope: RESELLER,
    signal: new AbortController().signal,
    listsOffered: false,
    emit: (event) => void events.push(event),
    ...options,
  })
  const read = events.filter((event): event is NumbersEvent => event.type === 'numbers')
  const problems = events.filter((event): event is ProblemEvent => event.type === 'problem')
  return {
    events,
    result,
    calls,
    byAccount: Object.fromEntries(
      read.map(({ account, numbers }) => [account.id, numbers.map(({ number }) => number)]),
    ),
    problems: problems.map(({ code, account, organization }) => `${code} ${account?.id ?? organization?.id ?? ''}`),
  }
}

describe('scan', () => {
  it('emits progress at once, so that no proxy waits for a first byte', async () => {
    const { events } = await scanned({})
    expect(events[0]).toEqual({ type: 'progress', accountsFound: 0, accountsRead: 0, accountsFailed: 0 })
  })

  it('reads an organization’s own numbers, and counts it as an account only if it holds some', async () => {
    const { byAccount, result } = await scanned({
      organizations: { r: list('o1', 'o2') },
      accounts: { o1: list('a1'), o2: list('a2') },
      numbers: { o1: ['+12145550101'], a1: ['+12145550102'] },
    })
    expect(byAccount).toEqual({ o1: ['+12145550101'], a1: ['+12145550102'], a2: [] })
    expect(result).toMatchObject({ complete: true, accountsFound: 3, accountsRead: 3, numbers: 2 })
  })

  it('reads a list again that was read once and does not state whether an account is active', async () => {
    const unstated = { pages: [[fakeAccount('a1', { active: null })]] }
    const { calls, result } = await scanned(
      { organizations: { r: list('o1') }, accounts: { o1: unstated } },
      { inactiveListed: true },
    )
    expect(calls.filter((call) => call === 'accounts o1')).toHaveLength(2)
    expect(result).toMatchObject({ complete: true, accountsRead: 1, inactiveListed: false })
  })

  it('names a failed organization without counting it, and reads everything else', async () => {
    const { byAccount, problems, result } = await scanned({
      organizations: { r: list('o1', 'o2') },
      accounts: { o1: { pages: [], failure: new VidaFailure('read_failed', 500) }, o2: list('a2') },
    })
    expect(problems).toEqual(['read_failed o1'])
    expect(byAccount).toEqual({ a2: [] })
    expect(result).toMatchObject({ complete: false, accountsFound: 1, accountsRead: 1, accountsFailed: 0 })
  })

  it('reads what a list brought before it failed half-way', async () => {
    const { byAccount, problems } = await scanned({
      organizations: { r: list('o1') },
      accounts: { o1: { ...list('a1', 'a2'), failure: new VidaFailure('pages_repeat') } },
    })
    expect(Object.keys(byAccount)).toEqual(['a1', 'a2'])
    expect(problems).toEqual(['pages_repeat o1'])
  })

  it('names a reseller below a partner whose organizations could not be listed', async () => {
    const { problems } = await scanned(
      { resellers: { p: list('r1') }, organizations: { r1: { pages: [], failure: new VidaFailure('read_busy') } } },
      { scope: { kind: 'root', root: { kind: 'partner', id: 'p', name: 'Partner' } } },
    )
    expect(problems).toEqual(['read_busy r1'])
  })

  it('counts an account that two organizations list once', async () => {
    const { result, calls } = await scanned({
      organizations: { r: list('o1', 'o2') },
      accounts: { o1: list('a1'), o2: list('a1') },
      numbers: { a1: ['+12145550101'] },
    })
    expect(result).toMatchObject({ complete: true, accountsFound: 1, numbers: 1 })
    expect(calls.filter((call) => call === 'numbers a1')).toHaveLength(1)
  })

  it('reports a 401 as signed_out, reads nothing more, and adds nothing after it', async () => {
    const accounts = Array.from({ length: 40 }, (_, index) => `a${index}`)
    const { events, result } = await scanned({
      organizations: { r: list('o1') },
      accounts: { o1: { pages: accounts.map((id) => [fakeAccount(id)]) } },
      numbers: { a3: new VidaFailure('unauthorized', 401) },
    })
    const at = events.findIndex((event) => event.type === 'problem')
    expect(events[at]).toMatchObject({ code: 'signed_out' })
    expect(events.slice(at + 1).map(({ type }) => type)).toEqual(['progress'])
    expect(result).toMatchObject({
      complete: false,
      accountsRead: events.filter(({ type }) => type === 'numbers').length,
    })
  })

  it('says that the scope is unknown where no root makes sense', async () => {
    const { problems, result } = await scanned({}, { scope: { kind: 'root', root: null } })
    expect(problems).toEqual(['scope_unknown '])
    expect(result.complete).toBe(false)
  })

  it('rejects when it is stopped before everything was read', async () => {
    const stop = new AbortController()
    const scaning = scanned(
      {
        organizations: { r: list('o1') },
        accounts: { o1: { pages: [[fakeAccount('a1')], [fakeAccount('a2')], [fakeAccount('a3')]] } },
      },
      { signal: stop.signal, emit: (event) => (event.type === 'numbers' ? stop.abort() : undefined) },
    )
    await expect(scaning).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('an account with an entry that is no number', () => {
  it('has its numbers shown, is named with the entry, and does not count as read', async () => {
    const { events, problems, byAccount, result } = await scanned({
      organizations: { r: list('o1') },
      accounts: { o1: list('a1', 'a2') },
      numbers: { o1: ['ask'], a1: ['+12145550101', '88202', 'a', 'b', 'c'], a2: ['+12145550102'] },
    })
    expect(byAccount).toEqual({ o1: [], a1: ['+12145550101'], a2: ['+12145550102'] })
    expect(problems.toSorted()).toEqual(['entry_unreadable a1', 'entry_unreadable o1'])
    expect(result).toMatchObject({ complete: false, accountsFound: 3, accountsRead: 1, accountsFailed: 2, numbers: 2 })
    const partial = events.flatMap((event) => (event.type === 'numbers' && event.partial ? [event.account.id] : []))
    expect(partial.toSorted()).toEqual(['a1', 'o1'])
    const [detail] = events.flatMap((event) =>
      event.type === 'problem' && event.account?.id === 'a1' ? event.detail : [],
    )
    expect(detail).toMatch(/^Name of a1: .*: “88202”, “a”, “b” and 1 more\.$/)
  })
})

it('says when reading an account began, and which lists are no proof', async () => {
  const unproved: string[] = []
  const { events } = await scanned(
    { organizations: { r: list('o1') }, accounts: { o1: list('a1', 'a2') }, unproved: ['a2'] },
    { now: () => Date.parse('2026-11-24T10:00:00Z'), unproved: (id) => unproved.push(id) },
  )
  const times = events.flatMap((event) => (event.type === 'numbers' ? [event.readAt] : []))
  expect(times).toEqual(['2026-11-24T10:00:00.000Z', '2026-11-24T10:00:00.000Z'])
  expect(unproved).toEqual(['a2'])
})

describe('where number lists are not offered', () => {
  const vida: FakeVida = {
    organizations: { r: { pages: [[fakeAccount('o1', { mainNumber: '+12145550100' }), fakeAccount('o2')]] } },
    accounts: {
      o1: { pages: [[fakeAccount('a1', { mainNumber: '+1-800-555-0202' }), fakeAccount('a2')]] },
      o2: list('a3'),
    },
    numbers: Object.fromEntries(['o1', 'o2', 'a1', 'a2', 'a3'].map((id) => [id, notOffered])),
  }

  it('shows the numbers on the account objects, says so, and is not complete', async () => {
    const { byAccount, problems, result } = await scanned(vida)
    expect(problems).toEqual(['numbers_not_offered '])
    expect(byAccount).toEqual({ o1: ['+12145550100'], a1: ['+18005550202'], a2: [], a3: [] })
    expect(result).toMatchObject({ complete: false, fellBack: true, accountsFound: 4, accountsRead: 4, numbers: 2 })
  })

  it('takes every 404 for that account’s failure once one read answered', async () => {
    const { byAccount, problems, result } = await scanned({
      ...vida,
      numbers: { ...vida.numbers, a2: ['+12145550199'] },
    })
    expect(problems.toSorted()).toEqual(['read_refused a1', 'read_refused a3', 'read_refused o1', 'read_refused o2'])
    expect(byAccount).toEqual({ a2: ['+12145550199'] })
    expect(result).toMatchObject({ listsOffered: true, fellBack: false, accountsFound: 3, accountsFailed: 2 })
  })

  it.each([
    ['an unknown shape with status 200', new VidaFailure('unknown_shape', 200)],
    ['500', new VidaFailure('read_failed', 500)],
    ['403', new VidaFailure('read_refused', 403)],
    ['a time-out', new VidaFailure('read_timed_out')],
  ])(
    'takes every 404 for that account’s failure where another read ended in %s, before or after',
    async (_, failure) => {
      for (const id of ['o1', 'a3']) {
        const wait = async (call: string) => {
          for (let turn = call === 'numbers a3' ? 20 : 0; turn >= 0; turn--) await new Promise(setImmediate)
        }
        const { byAccount, problems, result } = await scanned({
          ...vida,
          numbers: { ...vida.numbers, [id]: failure },
          wait,
        })
        const refused = ['o1', 'o2', 'a1', 'a2', 'a3']
          .filter((each) => each !== id)
          .map((each) => `read_refused ${each}`)
        expect(problems.toSorted()).toEqual([...refused, `${failure.code} ${id}`].toSorted())
        expect(byAccount).toEqual({})
        expect(result).toMatchObject({ listsOffered: false, fellBack: false, accountsFound: 3, accountsFailed: 3 })
      }
    },
  )

  it('says nothing about lists after a 401, also where that is what the last branch ends in', async () => {
    const unauthorized = new VidaFailure('unauthorized', 401)
    for (const last of ['o1', 'a3']) {
      const wait = async (call: string) => {
        for (let turn = call === `numbers ${last}` ? 50 : 0; turn >= 0; turn--) await new Promise(setImmediate)
      }
      const { problems } = await scanned({ ...vida, numbers: { ...vida.numbers, [last]: unauthorized }, wait })
      expect(problems).toEqual(['signed_out '])
    }
  })

  it('says for each 404 what Vida said', async () => {
    const { events } = await scanned({
      ...vida,
      numbers: { ...vida.numbers, a2: [], a1: new VidaFailure('not_offered', 404, 'No such account') },
    })
    const problem = events.find((event) => event.type === 'problem' && event.account?.id === 'a1')
    expect(problem).toMatchObject({ detail: expect.stringContaining('No such account') })
  })

  it('takes a 404 for a failure at once where lists were offered before', async () => {
    const { problems } = await scanned(
      { numbers: { a1: notOffered } },
      { listsOffered: true, scope: { kind: 'root', root: { kind: 'agent', id: 'a1', name: 'Agent' } } },
    )
    expect(problems).toEqual(['read_refused a1'])
  })

  it('asks for the object of an account that no list brought', async () => {
    const { byAccount, problems } = await scanned(
      { numbers: { a1: notOffered }, mainNumbers: { a1: '+12145550101' } },
      { scope: { kind: 'root', root: { kind: 'agent', id: 'a1', name: 'Agent' } } },
    )
    expect(byAccount).toEqual({ a1: ['+12145550101'] })
    expect(problems).toEqual(['numbers_not_offered '])
  })

  it('asks for the object of an account whose entry names no main number, and claims nothing where that names none', async () => {
    const unnamed = (id: string) => fakeAccount(id, { mainNumber: undefined })
    const { byAccount, problems, result } = await scanned({
      organizations: { r: { pages: [[unnamed('o1')]] } },
      accounts: { o1: { pages: [[unnamed('a1'), unnamed('a2'), unnamed('a3')]] } },
      numbers: Object.fromEntries(['o1', 'a1', 'a2', 'a3'].map((id) => [id, notOffered])),
      mainNumbers: { a1: '+12145550101', a2: null },
    })
    expect(byAccount).toEqual({ a1: ['+12145550101'], a2: [] })
    expect(problems).toEqual(['numbers_not_offered ', 'unknown_shape a3'])
    expect(result).toMatchObject({ accountsFound: 3, accountsRead: 2, accountsFailed: 1 })
  })

  it('reports a main number that is no number as an unknown shape', async () => {
    const { problems, result } = await scanned({
      organizations: { r: list('o1') },
      accounts: { o1: { pages: [[fakeAccount('a1', { mainNumber: 'ask Jo' })]] } },
      numbers: { o1: notOffered, a1: notOffered },
    })
    expect(problems).toEqual(['numbers_not_offered ', 'unknown_shape a1'])
    expect(result).toMatchObject({ accountsFound: 1, accountsFailed: 1 })
  })
})
