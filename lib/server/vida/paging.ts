import 'server-only'
import { countOf, type Fields, fieldsOf, firstOf, flagOf } from './fields'

/** Null where an answer says nothing. */
export interface Paging {
  pageSize: number | null
  /** From 0 or from 1. */
  number: number | null
  total: number | null
  pages: number | null
  more: boolean | null
}

const OBJECTS = ['pagination', 'paging', 'pageInfo', 'page', 'meta', 'links']
const SIZES = ['pageSize', 'perPage']
const NUMBERS = ['pageNumber', 'page', 'currentPage', 'pageIndex']
const PAGES = ['totalPages', 'pageCount', 'pages']
const MORE = ['hasMore', 'hasNext', 'hasNextPage', 'isTruncated']
const NEXT = ['next', 'nextPage', 'nextCursor', 'nextPageToken', 'nextToken']

/** `limit` by itself may be a limit of anything. */
function sizeIn(fields: Fields): number | null {
  return firstOf(fields, Object.hasOwn(fields, 'offset') ? [...SIZES, 'limit'] : SIZES, countOf)
}

function moreIn(fields: Fields): boolean | null {
  const named = firstOf(fields, NEXT, (next) => next !== null && next !== '' && next !== false)
  const said = [firstOf(fields, MORE, flagOf), named]
  if (said.includes(true)) return true
  return said.includes(false) ? false : null
}

/** `parents`: the objects around the list, the innermost first. `totals`: the fields that may hold the total. */
export function pagingOf(parents: readonly Fields[], totals: readonly string[]): Paging {
  const objects = parents
    .flatMap((parent) => [parent, ...OBJECTS.map((name) => fieldsOf(parent[name]))])
    .filter((object) => object !== null)
  const first = <T>(read: (object: Fields) => T | null): T | null => {
    for (const object of objects) {
      const found = read(object)
      if (found !== null) return found
    }
    return null
  }
  const count = (names: readonly string[]) => first((object) => firstOf(object, names, countOf))
  return {
    pageSize: first(sizeIn) || null,
    number: count(NUMBERS),
    total: count(totals),
    pages: count(PAGES) || null,
    more: first(moreIn),
  }
}
