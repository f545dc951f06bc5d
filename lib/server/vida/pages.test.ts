import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { vidaAccount as account, idsOf } from '@/lib/server/vida/testing/accounts'
import type { VidaAccount } from './account'
import { VidaFailure } from './failure'
import { type AccountsPage as Page, readPage, readPages } from './pages'

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => account(from + i))
const page = (accounts: VidaAccount[], more: Partial<Page> = {}): Page => ({
  accounts,
  length: accounts.length,
  ...{ pageSize: null, number: null, total: null, pages: null, more: null },
  ...more,
})

/** Scans given pages, then empty ones; tells what came, what was thrown, and how many pages were read. */
async function readAll(pages: (page: number, pageSize: number) => Page, maxPages = 50) {
  const found: VidaAccount[] = []
  let read = 0
  let code: string | null = null
  try {
    const next = async (number: number, pageSize: number) => {
      read++
      return pages(number, pageSize)
    }
    for await (const batch of readPages(next, maxPages)) found.push(...batch)
  } catch (error) {
    if (!(error instanceof VidaFailure)) throw error
    code = error.code
  }
  return { ids: idsOf(found), code, read }
}

describe('readPages', () => {
  it('finds every id exactly once, in any split into pages, with or without page size and total', async () => {
    const server = fc.record({
      count: fc.integer({ min: 0, max: 230 }),
      cap: fc.integer({ min: 1, max: 100 }),
      states: fc.constantFrom('nothing', 'its page size', 'the total', 'both', 'the size asked for', 'more', 'pages'),
    })
    await fc.assert(
      fc.asyncProperty(server, async ({ count, cap, states }) => {
        const all = range(0, count)
        const said: Record<typeof states, (n: number) => Partial<Page>> = {
          nothing: () => ({}),
          'its page size': () => ({ pageSize: cap }),
          'the total': () => ({ total: count }),
          both: () => ({ pageSize: cap, total: count }),
          'the size asked for': () => ({ pageSize: 100 }),
          more: (n) => ({ more: (n + 1) * cap < count }),
          pages: () => ({ pages: Math.ceil(count / cap) }),
        }
        const result = await readAll((n) => page(all.slice(n * cap, (n + 1) * cap), said[states](n)), 300)
        expect(result).toMatchObject({ ids: idsOf(all), code: null })
        expect(result.read).toBeLessThanOrEqual(Math.floor(count / cap) + 2)
      }),
    )
  })

  it('gives a long list that comes whole in pieces, so that each is short work for who reads them', async () => {
    const whole = page(range(0, 1_200), { total: 1_200 })
    const pieces = await Array.fromAsync(readPages(async () => whole, 5))
    expect(pieces.map(({ length }) => length)).toEqual([500, 500, 200])
    expect(idsOf(pieces.flat())).toEqual(idsOf(whole.accounts))
  })

  it('ends and yields each id once, whatever the pages hold and whatever totals they state', async () => {
    const anyPage = fc.record({
      ids: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 30 }),
      pageSize: fc.option(fc.integer({ min: 1, max: 40 })),
      total: fc.option(fc.integer({ min: 0, max: 100 })),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(anyPage, { maxLength: 12 }), async (pages) => {
        const { ids, read } = await readAll((n) => {
          const given = pages[n % Math.max(1, pages.length)]
          return given
            ? page(
                given.ids.map((id) => account(id)),
                { pageSize: given.pageSize, total: given.total },
              )
            : page([])
        })
        expect(new Set(ids).size).toBe(ids.length)
        expect(read).toBeLessThanOrEqual(50)
      }),
    )
  })

  it('reads a list that fits into its stated page size, or reaches its total, with one request', async () => {
    expect(await readAll(() => page(range(0, 10), { pageSize: 30 }))).toMatchObject({ code: null, read: 1 })
    expect(await readAll(() => page(range(0, 10), { pageSize: 100, total: 10 }))).toMatchObject({ code: null, read: 1 })
    expect(await readAll(() => page(range(0, 10), { more: false }))).toMatchObject({ code: null, read: 1 })
    expect(await readAll(() => page(range(0, 10), { pages: 1 }))).toMatchObject({ code: null, read: 1 })
    expect(await readAll(() => page(range(0, 20), { pageSize: 20, total: 20 }))).toMatchObject({ code: null, read: 1 })
    expect(await readAll(() => page([]))).toMatchObject({ code: null, read: 1 })
  })

  it('does not take a capped page for short because the answer repeats the size asked for', async () => {
    const all = range(0, 83)
    for (const cap of [1, 10, 20, 30, 40, 83]) {
      const result = await readAll((n) => page(all.slice(n * cap, (n + 1) * cap), { pageSize: 100 }), 90)
      expect(result).toMatchObject({ ids: idsOf(all), code: null })
      expect(result.read).toBeLessThanOrEqual(Math.ceil(83 / cap) + 1)
    }
  })

  it('goes on while the answer says that there is more, however short its pages are', async () => {
    const all = range(0, 9)
    const sizes = [3, 1, 5]
    const ends = [3, 4, 9]
    const pages = (n: number) => all.slice((ends[n] ?? 9) - (sizes[n] ?? 0), ends[n])
    const says = [(n: number) => ({ more: n < 2 }), () => ({ pages: 3 }), (n: number) => ({ more: n < 2, total: 3 })]
    for (const say of says) {
      const result = await readAll((n) => page(pages(n), { pageSize: 5, ...say(n) }))
      expect(result).toEqual({ ids: idsOf(all), code: null, read: 3 })
    }
    expect(await readAll((n) => page(n === 0 ? all : [], { pageSize: 20, more: true }))).toMatchObject({ read: 2 })
    expect(await readAll(() => page(all, { pageSize: 20, more: true }))).toMatchObject({ code: 'pages_repeat' })
  })

  it('reads a list again whose total changed between pages, so that no account that moved up is missing', async () => {
    const before = range(0, 150)
    const after = before.filter(({ id }) => id !== '7')
    const at = (list: VidaAccount[], n: number) => page(list.slice(n * 100, (n + 1) * 100), { total: list.length })
    let asked = 0
    const once = await readAll((n) => at(asked++ === 0 ? before : after, n))
    expect(once).toMatchObject({ code: null, read: 4 })
    expect(once.ids.toSorted()).toEqual(idsOf(before).toSorted())
    asked = 0
    const always = await readAll((n) => at(before.slice(asked++), n))
    expect(always).toMatchObject({ code: 'list_changed', read: 4 })
  })

  it('takes a server that ignores paging for what it is, unless there may be more', async () => {
    expect(await readAll(() => page(range(0, 37)))).toMatchObject({ code: null, read: 3 })
    expect(await readAll(() => page(range(0, 250), { pageSize: 20, total: 250 }))).toMatchObject({
      code: null,
      read: 1,
    })
    expect(await readAll(() => page(range(0, 250), { pageSize: 20 }))).toMatchObject({ code: null, read: 2 })
    expect(await readAll(() => page(range(0, 20), { pageSize: 20 }))).toMatchObject({ code: 'pages_repeat', read: 2 })
    expect(await readAll(() => page(range(0, 37), { total: 40 }))).toMatchObject({ code: 'pages_repeat' })
  })

  it('takes a list of a usual page’s length that comes whole at any size for one that is not paged', async () => {
    for (const count of [20, 25, 50, 100]) {
      for (const pageSize of [null, count === 100 ? 20 : 100]) {
        const result = await readAll(() => page(range(0, count), { pageSize }))
        expect(result).toMatchObject({ ids: idsOf(range(0, count)), code: null, read: 3 })
      }
    }
  })

  it('says that pages repeat where only the number of the page is ignored, or pages count from 1', async () => {
    const first = await readAll((_, pageSize) => page(range(0, Math.min(pageSize, 100))))
    expect(first).toMatchObject({ code: 'pages_repeat', read: 3 })
    const from1 = await readAll((n) => page(range(Math.max(0, n - 1) * 20, Math.max(1, n) * 20)))
    expect(from1).toMatchObject({ code: 'pages_repeat' })
    const stated = await readAll((n) => page(range(Math.max(0, n - 1) * 2, Math.max(1, n) * 2), { pages: 2 }))
    expect(stated).toMatchObject({ code: 'pages_repeat' })
  })

  it('ends pages that never end, after yielding what they brought', async () => {
    const result = await readAll((n) => page(range(n * 5, n * 5 + 5), { pageSize: 5 }), 10)
    expect(result).toMatchObject({ code: 'pages_endless', read: 10 })
    expect(result.ids).toHaveLength(50)
  })

  it('takes a list without a total for endless beyond 20,000 entries, and believes a total that is larger', async () => {
    const pages = (total: number | null) => (n: number) => page(range(n * 500, n * 500 + 500), { pageSize: 500, total })
    const result = await readAll(pages(null), 100)
    expect(result).toMatchObject({ code: 'pages_endless', read: 40 })
    expect(await readAll(pages(30_000), 100)).toMatchObject({ code: null, read: 60 })
  })

  it('says list_short when the pages end before the stated total', async () => {
    expect(await readAll((n) => page(n === 0 ? range(0, 7) : [], { pageSize: 20, total: 9 }))).toMatchObject({
      code: 'list_short',
      read: 2,
    })
    expect(await readAll(() => page([], { total: 3 }))).toMatchObject({ code: 'list_short' })
  })

  it('goes on past a total that is smaller than what came', async () => {
    const all = range(0, 25)
    const result = await readAll((n) => page(all.slice(n * 10, (n + 1) * 10), { pageSize: 10, total: 4 }))
    expect(result).toMatchObject({ ids: idsOf(all), code: null })
  })

  it('yields what it could read and then says that an entry was unreadable', async () => {
    expect(await readAll(() => ({ ...page(range(0, 3), { pageSize: 20 }), length: 4 }))).toMatchObject({
      ids: ['0', '1', '2'],
      code: 'unknown_shape',
    })
  })
})

describe('readPage', () => {
  it.each([
    ['the documented answer', { success: true, totalAccounts: 1, pageSize: 20, pageNumber: 0, accounts: [{ id: 7 }] }],
    ['organizations', { organizations: [{ id: 7 }], pageSize: '20', total: '1' }],
  ])('reads %s', async (_, value) => {
    expect(await readPage(value, 'organization')).toMatchObject({
      accounts: [{ id: '7' }],
      length: 1,
      pageSize: 20,
      total: 1,
    })
  })

  it('reads a bare array, and resellers', async () => {
    expect(await readPage([{ id: 'a' }, {}], 'account')).toMatchObject({
      accounts: [{ id: 'a' }],
      length: 2,
      total: null,
    })
    expect(await readPage({ resellers: [], accounts: null }, 'reseller')).toMatchObject({ length: 0 })
  })

  it.each([
    [
      { pageNumber: 2, totalPages: 5 },
      { number: 2, pages: 5, more: null },
    ],
    [{ pagination: { page: 1, perPage: 30, total: 99 } }, { number: 1, pageSize: 30, total: 99 }],
    [{ page: { number: 0, totalElements: 7 } }, { number: null, total: 7 }],
    [{ meta: { offset: 0, limit: 10 } }, { pageSize: 10 }],
    [{ limit: 10 }, { pageSize: null }],
    [{ hasMore: true }, { more: true }],
    [{ hasMore: false, nextCursor: 'x' }, { more: true }],
    [{ next: null }, { more: false }],
    [{ links: { next: 'https://x' } }, { more: true }],
    [{ pageInfo: { hasNextPage: false } }, { more: false }],
    [{}, { pageSize: null, number: null, total: null, pages: null, more: null }],
  ])('reads what an answer says about pages in %j', async (said, paging) => {
    expect(await readPage({ accounts: [], ...said }, 'account')).toMatchObject(paging)
  })

  it('turns nonsense into unknown_shape and never into an empty page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        let length: number
        try {
          length = (await readPage(value, 'account')).length
        } catch (error) {
          return error instanceof VidaFailure && error.code === 'unknown_shape'
        }
        return Array.isArray(value) && value.length === length
      }),
    )
  })
})
