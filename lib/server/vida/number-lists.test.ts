import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VidaFailure } from './failure'
import { NumberLists } from './number-lists'

const numbersOf = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => `+1214${5_550_000 + from + index}`)
const all = (count: number) => numbersOf(0, count)

/** What a Vida does with the parameters of paging: null where it was asked without any. */
type Vida = (page: number | null, pageSize: number | null) => unknown

/** Reads all numbers; tells what came, what was thrown, and how many requests it took. */
async function read(vida: Vida, maxPages = 50, lists = new NumberLists(maxPages)) {
  let requests = 0
  const answer = async ({ page, pageSize }: Readonly<Record<string, string>>): Promise<unknown> => {
    requests += 1
    return vida(page === undefined ? null : Number(page), pageSize === undefined ? null : Number(pageSize))
  }
  try {
    const { numbers } = await lists.all(answer)
    return { numbers: numbers.map(({ number }) => number), code: null, requests }
  } catch (error) {
    if (!(error instanceof VidaFailure)) throw error
    expect(error.status, error.code).not.toBe(null)
    return { numbers: null, code: error.code, requests }
  }
}

interface Paged {
  /** What it says about its pages. */
  says: (facts: { page: number; index: number; size: number; count: number }) => object
  /** What it counts pages from. */
  base?: number
  /** The largest page, and the one that is given unasked. */
  cap?: number
  obeysSize?: boolean
}

/** A Vida that pages its number lists. */
function paged(count: number, { says, base = 0, cap = 20, obeysSize = true }: Paged): Vida {
  return (page, pageSize) => {
    const size = Math.min(cap, (obeysSize ? pageSize : null) ?? cap)
    const index = Math.max(0, (page ?? base) - base)
    const phoneNumbers = numbersOf(index * size, Math.min(count, (index + 1) * size))
    return { success: true, phoneNumbers, ...says({ page: index + base, index, size, count }) }
  }
}

const SIGNS: Record<string, Paged['says']> = {
  'a total': ({ count }) => ({ total: count }),
  'its page size': ({ size, page }) => ({ pageSize: size, pageNumber: page }),
  'both, as the documented list does': ({ size, page, count }) => ({
    ...{ totalPhoneNumbers: count, pageSize: size, pageNumber: page },
  }),
  'whether there is more': ({ size, index, count }) => ({ hasMore: (index + 1) * size < count }),
  'a reference to the next page': ({ size, index, page, count }) => ({
    next: (index + 1) * size < count ? page + 1 : null,
  }),
  'how many pages there are': ({ size, count }) => ({ pagination: { totalPages: Math.ceil(count / size) } }),
}

describe('a number list that is paged', () => {
  it.each(Object.entries(SIGNS))('is read to its end where the answers state %s', async (_, says) => {
    for (const cap of [1, 2, 3, 4, 20]) {
      for (const count of [0, 1, 2, 3, 4, 5, 7, 19, 20, 21, 38, 39, 40, 41, 57, 60, 137]) {
        for (const obeysSize of [true, false]) {
          const { numbers, code } = await read(paged(count, { says, obeysSize, cap }), 150)
          expect([numbers, code], `${count} in pages of ${cap}, ${obeysSize}`).toEqual([all(count), null])
        }
      }
    }
  })

  it('is read with one request where the first answer says that it is all', async () => {
    for (const says of Object.values(SIGNS)) {
      expect(await read(paged(7, { says }))).toMatchObject({ requests: 1, code: null })
    }
  })

  it('is read to its end where only its length says that it may be paged', async () => {
    for (const count of [20, 21, 39, 40, 45, 60, 77]) {
      for (const obeysSize of [true, false]) {
        const { numbers } = await read(paged(count, { says: () => ({}), obeysSize }))
        expect(numbers).toEqual(all(count))
      }
    }
  })

  it('is whole or a failure wherever its pages are counted from', async () => {
    const shape = fc.record({
      count: fc.nat({ max: 90 }),
      cap: fc.integer({ min: 1, max: 25 }),
      base: fc.nat({ max: 1 }),
      obeysSize: fc.boolean(),
      sign: fc.constantFrom(...Object.keys(SIGNS)),
    })
    await fc.assert(
      fc.asyncProperty(shape, async ({ sign, count, ...how }) => {
        const { numbers } = await read(paged(count, { says: SIGNS[sign] ?? (() => ({})), ...how }))
        if (numbers !== null) expect(numbers).toEqual(all(count))
      }),
    )
  })

  it('is no whole list where its pages repeat or never end, or where less came than was stated', async () => {
    const first = { success: true, phoneNumbers: all(20) }
    for (const sign of [{ total: 45 }, { pageSize: 20 }, { hasMore: true }, { next: 'x' }, { totalPages: 3 }]) {
      expect(await read(() => ({ ...first, ...sign })), JSON.stringify(sign)).toMatchObject({ code: 'pages_repeat' })
    }
    // A list that became shorter may look so, and that is what it is taken for.
    expect(await read((_, size) => all(Math.min(20, size ?? 20)))).toMatchObject({ code: 'list_changed' })
    const endless: Vida = (page) => ({
      phoneNumbers: numbersOf((page ?? 0) * 20, ((page ?? 0) + 1) * 20),
      pageSize: 20,
    })
    expect(await read(endless, 10)).toMatchObject({ code: 'pages_endless', requests: 10 })
    const contradicting = paged(45, {
      says: ({ size, page, count }) => ({ hasMore: page < 2, total: Math.min(size, count - page * size) }),
    })
    expect(await read(contradicting)).toMatchObject({ code: 'list_changed' })
    const short: Vida = (page) => ({ phoneNumbers: page === null ? all(7) : [], total: 9 })
    expect(await read(short)).toMatchObject({ code: 'list_short' })
    expect(await read(() => ({ phoneNumbers: [], total: 2 }))).toMatchObject({ code: 'list_short', requests: 1 })
    expect(await read(() => ({ phoneNumbers: [], hasMore: true }))).toMatchObject({ code: 'list_short', requests: 1 })
  })

  it('is read again, three times at most, when its total changes between two pages', async () => {
    let requests = 0
    const count = () => (requests++ === 0 ? 46 : 45)
    const vida: Vida = (...asked) => paged(count(), { says: SIGNS['a total'] ?? (() => ({})) })(...asked)
    expect(await read(vida)).toMatchObject({ numbers: all(45), code: null })
    requests = 0
    const always: Vida = (...asked) => paged(90 - requests++, { says: SIGNS['a total'] ?? (() => ({})) })(...asked)
    expect(await read(always)).toMatchObject({ code: 'list_changed', requests: 6 })
  })

  it('fails with a page that fails: a part of a list is none', async () => {
    for (const failure of [new VidaFailure('read_refused', 404), new VidaFailure('read_failed', 500)]) {
      const vida: Vida = (page) => {
        if (page !== null) throw failure
        return { phoneNumbers: all(20), pageSize: 20 }
      }
      expect(await read(vida)).toMatchObject({ code: failure.code })
    }
  })
})

describe('a number list that is not paged', () => {
  it('is whole as it comes, with one request, unless it is as long as a usual page', async () => {
    for (const count of [0, 1, 19, 21, 45, 137]) {
      expect(await read(() => all(count))).toEqual({ numbers: all(count), code: null, requests: 1 })
      expect(await read(() => ({ phoneNumbers: all(count), total: count }))).toMatchObject({ code: null, requests: 1 })
    }
  })

  it('is whole when it comes whole again, although it is as long as a usual page or states its own as one', async () => {
    for (const count of [20, 25, 50, 100]) {
      expect(await read(() => all(count))).toEqual({ numbers: all(count), code: null, requests: 3 })
    }
    expect(await read(() => ({ phoneNumbers: all(45), pageSize: 20 }))).toMatchObject({ numbers: all(45), code: null })
  })

  it('is whole although numbers of it are returned while it is asked for again', async () => {
    for (const gone of [1, 2, 5]) {
      let requests = 0
      const shrinking: Vida = () => all(requests++ === 0 ? 20 : 20 - gone)
      const { numbers } = await read(shrinking)
      expect([all(20), all(20 - gone)]).toContainEqual(numbers)
    }
  })

  it('is asked for again only until one has shown that they are not paged', async () => {
    const lists = new NumberLists(50)
    const of = (count: number) => read(() => all(count), 50, lists)
    const found = await Promise.all([of(20), of(20), of(50), of(7)])
    expect(found.map(({ requests }) => requests)).toEqual([3, 1, 1, 1])
    expect(await of(100)).toEqual({ numbers: all(100), code: null, requests: 1 })
  })

  it('is asked for again after a probe that failed, and after one that found pages', async () => {
    const lists = new NumberLists(50)
    const broken: Vida = (page) => {
      if (page !== null) throw new VidaFailure('read_failed', 500)
      return all(20)
    }
    const found = await Promise.all([read(broken, 50, lists), read(() => all(20), 50, lists)])
    expect(found).toMatchObject([{ code: 'read_failed' }, { numbers: all(20), requests: 3 }])
    const others = new NumberLists(50)
    const pages = paged(45, { says: () => ({}) })
    const more = await Promise.all([read(pages, 50, others), read(pages, 50, others)])
    expect(more).toMatchObject([{ numbers: all(45) }, { numbers: all(45) }])
  })

  it('is asked for again after a 404 to a later page, and not after a refusal to be asked for pages', async () => {
    for (const [status, requests] of [[404, 2] as const, [400, 1] as const]) {
      const lists = new NumberLists(50)
      const refusing: Vida = (page) => {
        if (page !== null) throw new VidaFailure('read_refused', status)
        return all(20)
      }
      expect(await read(refusing, 50, lists)).toMatchObject({ numbers: all(20), requests: 2 })
      expect(await read(refusing, 50, lists)).toMatchObject({ numbers: all(20), requests })
    }
  })

  it('is whole where Vida refuses to be asked for pages, and unknown where it fails', async () => {
    const answering = (failure: VidaFailure): Vida => {
      return (page) => {
        if (page !== null) throw failure
        return all(20)
      }
    }
    for (const status of [400, 404, 422]) {
      expect(await read(answering(new VidaFailure('read_refused', status)))).toMatchObject({ numbers: all(20) })
    }
    for (const failure of [new VidaFailure('read_refused', 403), new VidaFailure('read_busy', 429)]) {
      expect(await read(answering(failure))).toMatchObject({ code: failure.code })
    }
  })

  it('counts a number that is listed twice once', async () => {
    const twice = ['+12145551234', '+1-214-555-1234']
    expect(await read(() => ({ phoneNumbers: twice, total: 2 }))).toMatchObject({ numbers: ['+12145551234'] })
  })
})
