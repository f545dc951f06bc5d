import 'server-only'
import { countOf, type Fields, fieldsOf, firstOf, flagOf } from './fields'

/** What an answer says about the page that it is; null where it says nothing. */
export interface Paging {
  pageSize: number | null
  /** The number of this page, counted from 0 or from 1. */
  number: number | null
  /** Entries on all pages together. */
  total: number | null
  pages: number | null
  /** Whether it says that there is another page after it. */
  more: boolean | null
}

/** Page sizes that APIs begin with or cap at: a list of just this length may go on, whatever else the answer says. */
export const USUAL_SIZES: ReadonlySet<number> = new Set([20, 25, 50, 100, 200, 250, 500, 1000])

/** Where an API may keep such words, besides the answer itself. */
const PLACES = ['pagination', 'paging', 'pageInfo', 'page', 'meta', 'links']
const SIZES = ['pageSize', 'perPage']
const NUMBERS = ['pageNumber', 'page', 'currentPage', 'pageIndex']
const PAGES = ['totalPages', 'pageCount', 'pages']
const MORE = ['hasMore', 'hasNext', 'hasNextPage', 'isTruncated']
const NEXT = ['next', 'nextPage', 'nextCursor', 'nextPageToken', 'nextToken']

/** `limit` by itself may be a limit of anything. */
function sizeIn(fields: Fields): number | null {
  return firstOf(fields, Object.hasOwn(fields, 'offset') ? [...SIZES, 'limit'] : SIZES, countOf)
}

/** By a flag, or by a reference to the next page: an address, a number or a token. */
function moreIn(fields: Fields): boolean | null {
  const named = firstOf(fields, NEXT, (next) => next !== null && next !== '' && next !== false)
  const said = [firstOf(fields, MORE, flagOf), named]
  if (said.includes(true)) return true
  return said.includes(false) ? false : null
}

/** Reads what an answer says about its pages. @param totals the fields that may hold the total, the likeliest first */
export function pagingOf(value: unknown, totals: readonly string[]): Paging {
  const fields = fieldsOf(value)
  const places = [fields, ...PLACES.map((place) => fieldsOf(fields?.[place]))].filter((place) => place !== null)
  const first = <T>(read: (place: Fields) => T | null): T | null => {
    for (const place of places) {
      const found = read(place)
      if (found !== null) return found
    }
    return null
  }
  const count = (names: readonly string[]) => first((place) => firstOf(place, names, countOf))
  return {
    pageSize: first(sizeIn) || null,
    number: count(NUMBERS),
    total: count(totals),
    pages: count(PAGES) || null,
    more: first(moreIn),
  }
}

/** Whether the answer says that there are pages after the first `read` ones. */
export function goesOn({ more, pages }: Paging, read: number): boolean {
  return more === true || (pages !== null && pages > read)
}

/** Whether the answer says that the first `read` pages are all. */
export function endsAfter({ more, pages }: Paging, read: number): boolean {
  return more === false || (pages !== null && pages <= read)
}

/** Whether two pages of one list state different totals: something came or went between them. */
export function totalChanged(one: Paging, other: Paging): boolean {
  return one.total !== null && other.total !== null && one.total !== other.total
}
