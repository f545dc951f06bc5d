import 'server-only'
import { inSlices, turn } from '@/lib/server/process/slices'
import { type Level, parseAccount, type VidaAccount } from './account'
import { BEYOND, Entries, outgrewTotal } from './entries'
import { VidaFailure } from './failure'
import { findList, type ListKind } from './find-list'
import { endsAfter, goesOn, type Paging, pagesChanged, totalChanged, USUAL_SIZES } from './paging'

/** Vida's default is 20 and its cap is not documented, so pages may be smaller. */
const PAGE_SIZE = 100

/** A list without a stated total is endless beyond so many; no organization or reseller has as many. */
const MOST_UNSTATED = 20_000

export interface Page extends Paging {
  accounts: VidaAccount[]
  /** Including entries that could not be read. */
  length: number
}

const NAMES: Record<Level, readonly string[]> = {
  reseller: ['resellers', 'accounts', 'organizations'],
  organization: ['organizations', 'accounts'],
  account: ['accounts'],
}
const TOTALS = ['totalAccounts', 'totalResellers', 'totalOrganizations', 'totalCount', 'total', 'totalElements']

function accountList(level: Level): ListKind<VidaAccount | null> {
  const parse = (entry: unknown) => parseAccount(entry, level)
  return { names: NAMES[level], totals: TOTALS, parse, isReadable: (account) => account !== null }
}

/** As `searchAccounts` (documented), under the level's name or `accounts`, or an array; see `findList`. */
export async function readPage(value: unknown, level: Level, nameBefore: string | null = null) {
  const { entries, ...found } = await findList(value, accountList(level), nameBefore)
  return { ...found, accounts: entries.filter((account) => account !== null), length: entries.length }
}

/** `page` is counted from 0. */
type Read = (page: number, pageSize: number) => Promise<Page>

/**
 * Yields each page's new accounts, to the stated total, an empty or short page. A list that changes meanwhile is read
 * again, once. @throws VidaFailure after what came was yielded.
 */
export async function* readPages(read: Read, maxPages: number): AsyncGenerator<VidaAccount[], void, undefined> {
  let left = maxPages
  const bounded: Read = (page, pageSize) => {
    left -= 1
    if (left < 0) throw new VidaFailure('pages_endless')
    return read(page, pageSize)
  }
  const yielded = new Set<string>()
  for (let again = false; ; again = true) {
    try {
      for await (const page of readOnce(bounded)) {
        const fresh = page.filter(({ id }) => !yielded.has(id) && yielded.add(id))
        if (fresh.length > 0) yield fresh
      }
      return
    } catch (error) {
      if (again || !(error instanceof VidaFailure) || error.code !== 'list_changed') throw error
    }
  }
}

/** A list that comes whole may be long, and each account that it brings begins a branch of the scan. */
const PIECE = 500

function* piecesOf(accounts: readonly VidaAccount[]): Generator<VidaAccount[], void, undefined> {
  for (let from = 0; from < accounts.length; from += PIECE) yield accounts.slice(from, from + PIECE)
}

/** Yields every page before it is compared with the others. */
async function* readOnce(read: Read): AsyncGenerator<VidaAccount[], void, undefined> {
  const entries = new Entries()
  let unreadable = 0
  let first: Page | null = null
  let total: number | null = null
  let longest = 0
  let brought = 0

  for (let number = 0; ; number++) {
    if (total === null && entries.size + unreadable >= MOST_UNSTATED) throw new VidaFailure('pages_endless')
    const page = await read(number, PAGE_SIZE)
    yield* inSlices(piecesOf(page.accounts))
    first ??= page
    if (totalChanged({ total }, page) || pagesChanged(first, page)) throw new VidaFailure('list_changed')

    await turn()
    const fresh = entries.take(idsIn(page))
    const skipped = page.length - page.accounts.length
    unreadable += skipped
    const count = entries.size + unreadable
    total = page.total ?? total
    longest = Math.max(longest, page.length)
    if (outgrewTotal({ ...page, total }, count, longest)) throw new VidaFailure('list_changed')
    // A page that came before does not count as a further one.
    if (fresh > 0 || skipped > 0) brought += 1
    const goes = goesOn(page, brought)
    // A total below what came is wrong, and so is one after which there is more; then the other rules decide.
    if (page.length === 0 || (total === count && !goes)) break
    const missing = (total !== null && total > count) || goes
    if (fresh === 0 && skipped === 0) {
      const mayGoOn = missing || page.length === page.pageSize
      if (mayGoOn || !(await ignoresPaging(read, page, entries))) throw new VidaFailure('pages_repeat')
      break
    }
    if (fresh === 0) break
    if (!missing && (endsAfter(page, brought) || isShort(page, number === 0 ? null : first))) break
  }
  if (unreadable > 0) throw new VidaFailure('unknown_shape', 200)
  if (total !== null && total > entries.size) throw new VidaFailure('list_short')
}

const idsIn = ({ accounts }: Page) => accounts.map(({ id }) => id)

/** Vida may cap pages but repeat the requested size: then a page is short only if the first one was longer. */
function isShort({ length, pageSize }: Page, first: Page | null): boolean {
  if (pageSize === null || pageSize === PAGE_SIZE) return first !== null && length < first.length
  return length < pageSize && !USUAL_SIZES.has(length)
}

/** Whether it comes whole also where a page beyond every list is asked for, and a smaller one if it may be capped. */
async function ignoresPaging(read: Read, { length }: Page, entries: Entries): Promise<boolean> {
  if (length > PAGE_SIZE) return true
  const page = await read(BEYOND, USUAL_SIZES.has(length) ? length - 1 : PAGE_SIZE)
  return page.length === length && entries.isFirst(new Set(idsIn(page)))
}
