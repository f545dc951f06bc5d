import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { vidaAccount as account, idsOf } from '@/lib/server/vida/testing/accounts'
import { collect, rejection } from '@/lib/server/vida/testing/server'
import type { VidaAccount } from './account'
import { bothLists } from './both-lists'
import { VidaFailure } from './failure'

describe('bothLists', () => {
  async function* batches(given: VidaAccount[][], end?: unknown): AsyncGenerator<VidaAccount[], void, undefined> {
    for (const batch of given) {
      await Promise.resolve()
      yield batch
    }
    if (end) throw end
  }
  const active = (accounts: VidaAccount[]) => Object.fromEntries(accounts.map(({ id, active }) => [id, active]))

  it('tells active from where an account was found, and believes its own flag', async () => {
    const merged = await collect(
      bothLists(
        batches([
          [account(1), account(2)],
          [account(3, false), account(4, true)],
        ]),
        batches([
          [account(2), account(5)],
          [account(4, true), account(6, true)],
        ]),
      ),
    )
    expect(active(merged)).toEqual({ 1: true, 2: null, 3: false, 4: true, 5: false, 6: true })
    expect(merged).toHaveLength(6)
  })

  it('yields all that one read brought before it throws the failure of the other, and claims no state from it', async () => {
    const failure = new VidaFailure('read_failed')
    for (const flip of [false, true]) {
      const good = batches([[account(1), account(2, true)], [account(3)]])
      const bad = batches([[account(4)]], failure)
      const found: VidaAccount[] = []
      const reading = (async () => {
        for await (const batch of flip ? bothLists(bad, good) : bothLists(good, bad)) found.push(...batch)
      })()
      expect(await rejection(reading)).toBe(failure)
      expect(active(found)).toEqual({ 1: null, 2: true, 3: null, 4: flip })
    }
  })

  it('prefers a 401 among two failures', async () => {
    const unauthorized = new VidaFailure('unauthorized', 401)
    for (const ends of [
      [unauthorized, new VidaFailure('read_failed')],
      [new VidaFailure('read_failed'), unauthorized],
    ]) {
      expect(await rejection(collect(bothLists(batches([], ends[0]), batches([], ends[1]))))).toBe(unauthorized)
    }
  })

  it('yields each account once, with the state that both reads prove, in any split and order', async () => {
    const entry = fc.record({ id: fc.integer({ min: 1, max: 30 }), flag: fc.option(fc.boolean()) })
    const list = fc.array(fc.uniqueArray(entry, { selector: ({ id }) => id, maxLength: 6 }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(list, list, async (listed, inactive) => {
        const read = (given: typeof listed) => {
          const seen = new Set<number>()
          return given.map((batch) =>
            batch.filter(({ id }) => !seen.has(id) && seen.add(id)).map(({ id, flag }) => account(id, flag)),
          )
        }
        const [one, other] = [read(listed), read(inactive)]
        const merged = await collect(bothLists(batches(one), batches(other)))
        const ids = (side: VidaAccount[][]) => new Map(side.flat().map((each) => [each.id, each.active]))
        const [a, b] = [ids(one), ids(other)]
        expect(new Set(idsOf(merged))).toEqual(new Set([...a.keys(), ...b.keys()]))
        expect(merged).toHaveLength(new Set(idsOf(merged)).size)
        for (const { id, active } of merged) {
          const flags = [a.get(id), b.get(id)].filter((flag) => typeof flag === 'boolean')
          if (flags.length > 0) expect(flags).toContain(active)
          else expect(active).toBe(a.has(id) && b.has(id) ? null : a.has(id))
        }
      }),
    )
  })

  it('compares both reads: what the second one brought beside the first, and nothing if one failed', async () => {
    type Given = [number, boolean | null][]
    const compared = async (one: Given, other: Given, end?: unknown) => {
      const told: string[] = []
      const pages = (given: Given) => batches(given.map(([id, flag]) => [account(id, flag)]))
      const failing = batches(
        other.map(([id, flag]) => [account(id, flag)]),
        end,
      )
      await collect(bothLists(pages(one), end ? failing : pages(other), (comparison) => told.push(comparison))).catch(
        () => {},
      )
      return told.join()
    }
    expect(await compared([[1, true]], [[2, false]])).toBe('needed')
    expect(await compared([[1, null]], [])).toBe('needed')
    expect(
      await compared(
        [
          [1, null],
          [2, false],
        ],
        [[2, false]],
      ),
    ).toBe('needed')
    expect(
      await compared(
        [
          [1, true],
          [2, false],
        ],
        [[2, false]],
      ),
    ).toBe('needless')
    expect(
      await compared(
        [
          [1, true],
          [2, false],
        ],
        [[2, null]],
      ),
    ).toBe('needless')
    expect(await compared([[1, true]], [])).toBe('nothing')
    expect(await compared([[1, true]], [[1, true]])).toBe('nothing')
    expect(await compared([[1, true]], [[1, true]], new VidaFailure('read_failed'))).toBe('')
  })
})
