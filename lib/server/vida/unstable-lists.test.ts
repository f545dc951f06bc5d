import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idsOf, vidaAccount } from '@/lib/server/vida/testing/accounts'
import type { VidaAccount } from './account'
import { VidaFailure } from './failure'
import { type NumberList, NumberLists } from './number-lists'
import { type AccountsPage as Page, readPages } from './pages'

const WORDS = ['nothing', 'its page size', 'the total', 'both', 'more', 'pages', 'the number of the page'] as const

/** A list in pages, each cut out of an order of its own. */
const unordered = fc.record({
  count: fc.integer({ min: 0, max: 60 }),
  cap: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 40 })),
  says: fc.constantFrom(...WORDS),
  orders: fc.infiniteStream(fc.noShrink(fc.nat())),
  obeysSize: fc.boolean(),
})
type Unordered = typeof unordered extends fc.Arbitrary<infer Value> ? Value : never

function inOrder<Item>(items: readonly Item[], seed: number): Item[] {
  const random = fc.sample(fc.shuffledSubarray([...items], { minLength: items.length }), { seed, numRuns: 1 })
  return random[0] ?? []
}

const saying = (says: (typeof WORDS)[number], at: number, size: number, count: number) => {
  const said: Record<typeof says, object> = {
    nothing: {},
    'its page size': { pageSize: size },
    'the total': { total: count },
    both: { pageSize: size, total: count },
    more: { more: (at + 1) * size < count, hasMore: (at + 1) * size < count },
    pages: { pages: Math.ceil(count / size), totalPages: Math.ceil(count / size) },
    'the number of the page': { number: at, pageNumber: at },
  }
  return said[says]
}

function pageOf<Item>(all: readonly Item[], { cap, obeysSize, orders }: Unordered, at: number, asked: number) {
  const size = obeysSize ? Math.min(cap, asked) : cap
  return { size, items: inOrder(all, orders.next().value ?? 0).slice(at * size, (at + 1) * size) }
}

async function accountsOf(read: (page: number, pageSize: number) => Promise<Page>, most = 200) {
  const found: VidaAccount[] = []
  try {
    for await (const batch of readPages(read, most)) found.push(...batch)
    return { ids: idsOf(found), code: null }
  } catch (error) {
    if (!(error instanceof VidaFailure)) throw error
    return { ids: idsOf(found), code: error.code }
  }
}

async function numbersOf(read: Parameters<NumberLists['all']>[0], most = 200): Promise<NumberList | string> {
  try {
    return await new NumberLists(most).all(read)
  } catch (error) {
    if (!(error instanceof VidaFailure)) throw error
    return error.code
  }
}

const SILENT = { pageSize: null, number: null, total: null, pages: null, more: null }
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `+1214${5_550_000 + index}`)

describe('pages that are each cut out of an order of their own', () => {
  it('give every account, or a problem after what came', async () => {
    await fc.assert(
      fc.asyncProperty(unordered, async (vida) => {
        const all = Array.from({ length: vida.count }, (_, index) => vidaAccount(index))
        const { ids, code } = await accountsOf(async (at, asked) => {
          const { items, size } = pageOf(all, vida, at, asked)
          return { ...SILENT, ...saying(vida.says, at, size, vida.count), accounts: items, length: items.length }
        })
        if (code === null) expect(ids.toSorted()).toEqual(idsOf(all).toSorted())
      }),
      { numRuns: 500 },
    )
  })

  it('give every number, or a problem, and are proof only with a total', async () => {
    await fc.assert(
      fc.asyncProperty(unordered, async (vida) => {
        const all = numbered(vida.count)
        const list = await numbersOf(async ({ page = '0', pageSize = '1000' }) => {
          const { items, size } = pageOf(all, vida, Number(page), Number(pageSize))
          return { success: true, phoneNumbers: items, ...saying(vida.says, Number(page), size, vida.count) }
        })
        if (typeof list === 'string') return
        const isOnePage = vida.count <= vida.cap
        // Where only the length of a usual page tells of further ones, another length is the whole list.
        const isSilent = vida.says === 'nothing' && ![20, 25].includes(vida.cap)
        if (isOnePage || !isSilent) expect(list.numbers.map(({ number }) => number).toSorted()).toEqual(all)
        if (!isOnePage && !isSilent) expect(list.isProof).toBe(vida.says === 'the total' || vida.says === 'both')
      }),
      { numRuns: 500 },
    )
  })
})

const pages = (...parts: number[][]) => {
  let asked = 0
  return async (at: number): Promise<Page> => {
    asked += 1
    const accounts = (parts[at] ?? []).map((id) => vidaAccount(id))
    return { ...SILENT, accounts, length: accounts.length, number: asked > 100 ? -1 : null }
  }
}

describe('a list of accounts', () => {
  it.each([
    ['an entry of the first page on the second', [[1, 2, 3], [3, 4, 5], [6]], 'list_changed'],
    ['an entry of the second page on the last', [[1, 2, 3], [4, 5, 6], [5]], 'list_changed'],
    ['a last page that brings nothing new', [[1, 2, 3], [2]], 'list_changed'],
    ['an account twice on one page', [[1, 2, 2], [4]], null],
  ])('with %s', async (_, parts, code) => {
    expect((await accountsOf(pages(...parts))).code).toBe(code)
  })

  it('that is in order the second time is complete', async () => {
    let asked = 0
    const read = async (at: number) => pages(...(asked++ < 2 ? [[1, 2], [2]] : [[1, 2], [3]]))(at)
    expect(await accountsOf(read)).toEqual({ ids: ['1', '2', '3'], code: null })
  })

  it('that is longer than its total, or says another count of pages than before, changed', async () => {
    const stated = (said: (at: number) => Partial<Page>) => async (at: number) => ({
      ...(await pages([1, 2, 3], [4, 5, 6], [7])(at)),
      ...said(at),
    })
    expect((await accountsOf(stated(() => ({ total: 5 })))).code).toBe('list_changed')
    expect((await accountsOf(stated((at) => ({ pages: at === 0 ? 3 : 2 })))).code).toBe('list_changed')
    expect((await accountsOf(stated(() => ({ total: 7 })))).code).toBe(null)
  })
})

describe('a list of numbers', () => {
  const [a, b, c, d, e] = numbered(5)
  const inPages =
    (said: object, ...parts: unknown[][]) =>
    async ({ page = '0' }: Readonly<Record<string, string>>) => ({ phoneNumbers: parts[Number(page)] ?? [], ...said })

  it('is no proof where pages without a total brought it, and one where it is whole or reaches its total', async () => {
    expect(await numbersOf(inPages({ pageSize: 2 }, [a, b], [c]))).toMatchObject({ isProof: false })
    expect(await numbersOf(inPages({ pageSize: 2, total: 3 }, [a, b], [c]))).toMatchObject({ isProof: true })
    expect(await numbersOf(inPages({ pageSize: 2 }, [a]))).toMatchObject({ isProof: true })
    expect(await numbersOf(inPages({}, [a, b]))).toMatchObject({ isProof: true })
  })

  it('changed where an entry comes again, odd ones included, or where more came than its total', async () => {
    expect(await numbersOf(inPages({ pageSize: 2 }, [a, b], [b, c]))).toBe('list_changed')
    expect(await numbersOf(inPages({ pageSize: 2 }, [a, '88202'], ['88202', c]))).toBe('list_changed')
    expect(await numbersOf(inPages({ pageSize: 2, total: 3 }, [a, b], [c, d], [e]))).toBe('list_changed')
    expect(await numbersOf(inPages({ pageSize: 2, total: 5 }, [a, b], [c]))).toBe('list_short')
  })

  it('has odd entries beside the numbers of any page', async () => {
    const list = await numbersOf(inPages({ pageSize: 2 }, [a, b], [c, '88202'], ['2145550101']))
    expect(list).toMatchObject({ numbers: [{}, {}, {}], odd: [{ quote: '88202' }, { quote: '2145550101' }] })
  })
})
