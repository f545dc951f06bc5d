import 'server-only'
import { type Level, parseAccount, type VidaAccount } from './account'
import { VidaFailure } from './failure'
import { fieldsOf, firstOf } from './fields'
import { endsAfter, goesOn, type Paging, pagingOf, USUAL_SIZES } from './paging'

/** Vida's default is 20 and its cap is not documented, so pages may be smaller. */
const PAGE_SIZE = 100

/** A list without a stated total is endless beyond so many; no organization or reseller has as many. */
const MOST_UNSTATED = 20_000

export interface Page extends Paging {
  accounts: VidaAccount[]
  /** Including entries that could not be read. */
  length: number
}

const KEYS: Record<Level, readonly [string, ...string[]]> = {
  reseller: ['resellers', 'accounts', 'organizations'],
  organization: ['organizations', 'accounts'],
  account: ['accounts'],
}
const TOTALS = ['totalAccounts', 'totalResellers', 'totalOrganizations', 'totalCount', 'total', 'totalElements']

/** As `searchAccounts` (documented), under the level's name or `accounts`, or an array. @throws VidaFailure */
export function readPage(value: unknown, level: Level): Page {
  const fields = fieldsOf(value)
  const list: readonly unknown[] | null = Array.isArray(value)
    ? value
    : fields && firstOf(fields, KEYS[level], (field) => (Array.isArray(field) ? field : null))
  if (!list) throw new VidaFailure('unknown_shape', 200)
  const accounts = list.flatMap((entry) => parseAccount(entry, level) ?? [])
  return { ...pagingOf(value, TOTALS), accounts, length: list.length }
}

/** `page` is counted from 0. */
type Read = (page: number, pageSize: number) => Promise<Page>

/**
 * Yields each page's new accounts, to the stated total, an empty or short page, or one that brings nothing new. A list
 * whose total changes is read again, once. @throws VidaFailure after what came was yielded.
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
        const fresh = newIn(page, yielded)
        if (fresh.length > 0) yield fresh
      }
      return
    } catch (error) {
      if (again || !(error instanceof VidaFailure) || error.code !== 'list_changed') throw error
    }
  }
}

function newIn(accounts: readonly VidaAccount[], seen: Set<string>): VidaAccount[] {
  return accounts.filter(({ id }) => !seen.has(id) && seen.add(id))
}

async function* readOnce(read: Read): AsyncGenerator<VidaAccount[], void, undefined> {
  const seen = new Set<string>()
  let unreadable = 0
  let first: Page | null = null
  let total: number | null = null
  let brought = 0

  for (let number = 0; ; number++) {
    if (total === null && seen.size + unreadable >= MOST_UNSTATED) throw new VidaFailure('pages_endless')
    const page = await read(number, PAGE_SIZE)
    first ??= page
    const fresh = newIn(page.accounts, seen)
    if (fresh.length > 0) yield fresh
    if (total !== null && page.total !== null && page.total !== total) throw new VidaFailure('list_changed')

    const skipped = page.length - page.accounts.length
    unreadable += skipped
    const count = seen.size + unreadable
    total = page.total ?? total
    // A page that came before does not count as a further one.
    if (fresh.length > 0 || skipped > 0) brought += 1
    const goes = goesOn(page, brought)
    // A total below what came is wrong, and so is one after which there is more; then the other rules decide.
    if (page.length === 0 || (total === count && !goes)) break
    const missing = (total !== null && total > count) || goes
    if (fresh.length === 0 && skipped === 0) {
      if (missing || page.length === page.pageSize) throw new VidaFailure('pages_repeat')
      const capped = page.length <= PAGE_SIZE && USUAL_SIZES.has(page.length)
      if (capped && !(await ignoresPaging(read, page, seen))) throw new VidaFailure('pages_repeat')
      break
    }
    if (fresh.length === 0) break
    if (!missing && (endsAfter(page, brought) || isShort(page, number === 0 ? null : first))) break
  }
  if (unreadable > 0) throw new VidaFailure('unknown_shape', 200)
  if (total !== null && total > seen.size) throw new VidaFailure('list_short')
}

/** Vida may cap pages but repeat the requested size: then a page is short only if the first one was longer. */
function isShort({ length, pageSize }: Page, first: Page | null): boolean {
  if (pageSize === null || pageSize === PAGE_SIZE) return first !== null && length < first.length
  return length < pageSize && !USUAL_SIZES.has(length)
}

/** Whether it comes whole also where a later and smaller page is asked for. */
async function ignoresPaging(read: Read, { length }: Page, seen: ReadonlySet<string>): Promise<boolean> {
  const page = await read(2, length - 1)
  return page.length === length && page.accounts.every(({ id }) => seen.has(id))
}
