import 'server-only'
import { type Level, readAccount, type VidaAccount } from './account'
import { VidaFailure } from './failure'
import { countOf, fieldsOf, firstOf } from './fields'

/** What is asked for. Vida's default is 20 and its cap is not documented, so a smaller page is no surprise. */
export const PAGE_SIZE = 100

/** A list that states no total counts as endless beyond so many entries: no organization or reseller has as many below it. */
const MOST_UNSTATED = 20_000

/** Page sizes that an API caps at: a list of just this length may go on, whatever page size the answer claims. */
const USUAL_CAPS: ReadonlySet<number> = new Set([20, 25, 50, PAGE_SIZE])

export interface Page {
  accounts: VidaAccount[]
  /** Entries in the page, those included that could not be read. */
  length: number
  pageSize: number | null
  total: number | null
}

const KEYS: Record<Level, readonly [string, ...string[]]> = {
  reseller: ['resellers', 'accounts', 'organizations'],
  organization: ['organizations', 'accounts'],
  account: ['accounts'],
}
const TOTALS = ['totalAccounts', 'totalResellers', 'totalOrganizations', 'totalCount', 'total']

/**
 * Reads one page of a list: as `searchAccounts` answers (documented), the array under the level's own name or `accounts`, or
 * a bare array. @throws VidaFailure `unknown_shape`
 */
export function readPage(value: unknown, level: Level): Page {
  const fields = fieldsOf(value)
  const list: readonly unknown[] | null = Array.isArray(value)
    ? value
    : fields && firstOf(fields, KEYS[level], (field) => (Array.isArray(field) ? field : null))
  if (!list) throw new VidaFailure('unknown_shape', 200)
  const accounts = list.flatMap((entry) => readAccount(entry, level) ?? [])
  return {
    accounts,
    length: list.length,
    pageSize: fields && (countOf(fields.pageSize) || null),
    total: fields && firstOf(fields, TOTALS, countOf),
  }
}

/**
 * Walks a list page by page and yields each page's new accounts. It ends at the stated total, at an empty or short page, or
 * where a page brings nothing new. @throws VidaFailure after what came was yielded: `pages_repeat` when a full page came again
 * and there may be more, `pages_endless`, `list_short`, `unknown_shape` for entries without an id; and what `read` throws.
 */
export async function* walkPages(
  read: (page: number) => Promise<Page>,
  maxPages: number,
): AsyncGenerator<VidaAccount[], void, undefined> {
  const seen = new Set<string>()
  let unreadable = 0
  let total: number | null = null
  let firstLength = 0

  for (let number = 0; ; number++) {
    const beyond = total === null && seen.size + unreadable >= MOST_UNSTATED
    if (number >= maxPages || beyond) throw new VidaFailure('pages_endless')
    const page = await read(number)
    if (number === 0) firstLength = page.length
    const fresh: VidaAccount[] = []
    for (const account of page.accounts) {
      if (seen.has(account.id)) continue
      seen.add(account.id)
      fresh.push(account)
    }
    if (fresh.length > 0) yield fresh

    const skipped = page.length - page.accounts.length
    unreadable += skipped
    const count = seen.size + unreadable
    total = page.total ?? total
    // A total below what came is no total; then the other rules decide.
    if (page.length === 0 || total === count) break
    const missing = total !== null && total > count
    const cut = page.length === page.pageSize || USUAL_CAPS.has(page.length)
    if (fresh.length === 0 && skipped === 0) {
      // Without a sign that there is more, this is an API that ignores paging and sends the whole list each time.
      if (missing || cut) throw new VidaFailure('pages_repeat')
      break
    }
    if (fresh.length === 0) break
    const short = page.pageSize === null ? number > 0 && page.length < firstLength : page.length < page.pageSize && !cut
    if (short && !missing) break
  }
  if (unreadable > 0) throw new VidaFailure('unknown_shape', 200)
  if (total !== null && total > seen.size) throw new VidaFailure('list_short')
}
