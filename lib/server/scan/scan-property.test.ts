import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InventoryEvent } from '@/lib/domain/inventory/events'
import { type FakeList, type FakeVida, fakeAccount, fakeClient } from '@/lib/server/scan/testing/fake-vida'
import type { VidaAccount } from '@/lib/server/vida/client'
import { VidaFailure } from '@/lib/server/vida/failure'
import { scan } from './scan'

const failure = fc.constantFrom(
  ...(['read_failed', 'unknown_shape', 'pages_endless', 'read_refused'] as const).map((code) => new VidaFailure(code)),
)
/** Few ids for many places, so that the same account is often listed in several. */
const ids = (prefix: string, most: number) =>
  fc.array(
    fc.nat({ max: most }).map((n) => `${prefix}${n}`),
    { maxLength: 6 },
  )
const number = fc.nat({ max: 30 }).map((n) => `+1214555${String(1000 + n)}`)

function listOf(prefix: string, most: number): fc.Arbitrary<FakeList> {
  return fc.record(
    {
      pages: fc.array(
        ids(prefix, most).map((page) => page.map((id) => fakeAccount(id))),
        { maxLength: 3 },
      ),
      failure: fc.option(failure, { nil: undefined, freq: 4 }),
    },
    { requiredKeys: ['pages'] },
  ) as fc.Arbitrary<FakeList>
}

const byId = <Value>(prefix: string, most: number, value: fc.Arbitrary<Value>) =>
  fc
    .array(value, { minLength: most + 1, maxLength: most + 1 })
    .map((values) => Object.fromEntries(values.map((each, index) => [`${prefix}${index}`, each])))

const held = fc.oneof(
  { weight: 4, arbitrary: fc.uniqueArray(number, { maxLength: 4 }) },
  { weight: 1, arbitrary: failure },
)
const world = fc.record({
  resellers: listOf('r', 2).map((list) => ({ p: list })),
  organizations: byId('r', 2, listOf('o', 6)),
  accounts: byId('o', 6, listOf('a', 15)),
  numbers: fc.tuple(byId('o', 6, held), byId('a', 15, held)).map(([own, agents]) => ({ ...own, ...agents })),
  wait: fc.infiniteStream(fc.nat({ max: 3 })).map((turns) => async () => {
    for (let turn = turns.next().value ?? 0; turn >= 0; turn--) await new Promise(setImmediate)
  }),
})

const idsIn = (list: FakeList | undefined) => new Set(list?.pages.flat().map(({ id }: VidaAccount) => id))

/** What anybody can see in the world without scaning it: who is reachable, and what must fail. */
function reachable({ resellers, organizations, accounts, numbers }: FakeVida) {
  const resellerIds = idsIn(resellers?.p)
  const organizationIds = new Set([...resellerIds].flatMap((id) => [...idsIn(organizations?.[id])]))
  const accountIds = new Set([...organizationIds].flatMap((id) => [...idsIn(accounts?.[id])]))
  const fails = (id: string) => numbers?.[id] instanceof VidaFailure
  const holds = (entry: string[] | VidaFailure | undefined) => Array.isArray(entry) && entry.length > 0
  const failedLists = [
    ...[...resellerIds].filter((id) => organizations?.[id]?.failure),
    ...[...organizationIds].filter((id) => accounts?.[id]?.failure),
  ]
  return {
    agents: accountIds,
    holdingOrganizations: [...organizationIds].filter((id) => holds(numbers?.[id])),
    named: new Set([...failedLists, ...[...accountIds, ...organizationIds].filter(fails)]),
    rootFailed: resellers?.p?.failure !== undefined,
  }
}

describe('a scan of any hierarchy', () => {
  it('emits every account once, adds up, and names everything that failed', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (vida) => {
        const events: InventoryEvent[] = []
        const result = await scan({
          client: fakeClient(vida).client,
          scope: { kind: 'root', root: { kind: 'partner', id: 'p', name: 'Partner' } },
          signal: new AbortController().signal,
          listsOffered: true,
          emit: (event) => void events.push(event),
        })
        const { agents, holdingOrganizations, named, rootFailed } = reachable(vida)
        const reads = events.flatMap((event) => (event.type === 'numbers' ? [event] : []))
        const problems = events.flatMap((event) => (event.type === 'problem' ? [event] : []))
        const failedAccounts = problems.flatMap(({ account }) => account?.id ?? [])

        const whole = [...reads.map(({ account }) => account.id), ...failedAccounts]
        expect(whole.toSorted()).toEqual([...agents, ...holdingOrganizations].toSorted())
        for (const { account, numbers } of reads) {
          expect(numbers.map((each) => each.number)).toEqual(vida.numbers?.[account.id])
        }
        const subjects = problems.map(({ account, organization }) => account?.id ?? organization?.id)
        expect(new Set(subjects.filter((id) => id !== undefined))).toEqual(named)
        expect(subjects.filter((id) => id === undefined)).toHaveLength(rootFailed ? 1 : 0)
        expect(result).toMatchObject({
          complete: problems.length === 0,
          accountsFound: whole.length,
          accountsRead: reads.length,
          accountsFailed: failedAccounts.length,
          numbers: reads.reduce((sum, { numbers }) => sum + numbers.length, 0),
        })
      }),
      { numRuns: 300 },
    )
  })

  it('ends when it is stopped at any event, and emits nothing afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.nat({ max: 30 }), async (vida, stopAt) => {
        const stop = new AbortController()
        let emitted = 0
        const scaning = scan({
          client: fakeClient(vida).client,
          scope: { kind: 'root', root: { kind: 'partner', id: 'p', name: 'Partner' } },
          signal: stop.signal,
          listsOffered: true,
          emit: ({ type }) => {
            if (type === 'numbers') expect(stop.signal.aborted).toBe(false)
            emitted += 1
            if (emitted === stopAt) stop.abort()
          },
        })
        const outcome = await scaning.then(
          () => 'ended',
          (error: unknown) => (error instanceof DOMException ? error.name : 'other'),
        )
        expect(outcome === 'ended' || (outcome === 'AbortError' && stop.signal.aborted)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
