import 'server-only'
import { VidaFailure } from './failure'
import type { Paging } from './paging'

/**
 * What the pages of one reading brought, by key. Pages cut a list into parts, so an entry that comes again, except in
 * a page that is the first one again, shows that the order changed meanwhile: then others came on no page.
 */
export class Entries {
  readonly #all = new Set<string>()
  #first: ReadonlySet<string> | null = null

  get size(): number {
    return this.#all.size
  }

  /** An entry twice within one page counts once. @returns how many are new. @throws VidaFailure `list_changed` */
  take(keys: readonly string[]): number {
    const page = new Set(keys)
    this.#first ??= page
    const before = this.#all.size
    for (const key of page) this.#all.add(key)
    const fresh = this.#all.size - before
    const isFirstAgain = before === this.#first.size && fresh === 0 && this.isFirst(page)
    if (fresh < page.size && !isFirstAgain) throw new VidaFailure('list_changed', 200)
    return fresh
  }

  isFirst(page: ReadonlySet<string>): boolean {
    return page.size === this.#first?.size && [...page].every((key) => this.#first?.has(key))
  }
}

/** A page number beyond every list, whatever the size of its pages: only what ignores paging answers with entries. */
export const BEYOND = 100_000

/** More came than is stated: the list grew. A total below one page, or beside another word on the end, is of something else. */
export function outgrewTotal({ total, pages, more }: Paging, entries: number, longestPage: number): boolean {
  return total !== null && entries > total && longestPage <= total && pages === null && more === null
}
