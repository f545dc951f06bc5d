import 'server-only'
import type { ReadingCode } from './failure'
import type { Paging } from './paging'

/** A page that is asked for, counted from 0 if Vida does not say otherwise; null: no parameter of paging is sent. */
export type Question = { page: number; size: number } | null

/** What a page says of paging, and what tells its entries apart; one that can't be read has no key. */
export interface Page extends Paging {
  keys: readonly string[]
  length: number
}

type CantTell = Extract<ReadingCode, 'unknown_shape' | 'list_short' | 'pages_repeat' | 'pages_endless'>

export type Verdict =
  | { is: 'whole'; atOnce: boolean; isProof: boolean }
  | { is: 'more'; ask: Question }
  | { is: 'moved' }
  | { is: 'can’t tell'; code: CantTell }

/** The list comes as it is whatever is asked for. */
export const AT_ONCE = { is: 'whole', atOnce: true, isProof: true } as const
const MOVED = { is: 'moved' } as const
const cantTell = (code: CantTell) => ({ is: 'can’t tell', code }) as const

/** A page number beyond every list, whatever the size of its pages: only what ignores paging answers with entries. */
const BEYOND = 100_000

/** Default sizes and caps of APIs: a list of such a length may go on, whatever else the answer says. */
const USUAL_SIZES: ReadonlySet<number> = new Set([20, 25, 50, 100, 200, 250, 500, 1000])

/** A list without a stated total is endless beyond so many; no organization or reseller has as many. */
const MOST_UNSTATED = 20_000

const differ = (one: number | null, other: number | null) => one !== null && other !== null && one !== other

/** One reading of a list, page by page. The rules are the table “How a list may be paged” in docs/vida-api.md. */
export class Reading {
  readonly #start: Question
  readonly #keys = new Set<string>()
  #first: Page | null = null
  #total: number | null = null
  #askedOn = 0
  #unreadable = 0
  #longest = 0
  /** Pages with entries that no page before had. */
  #brought = 0

  constructor(start: Question) {
    this.#start = start
  }

  judge(page: Page, asked: Question): Verdict {
    const isFirst = this.#first === null
    const first = this.#first ?? page
    this.#first = first
    const keys = new Set(page.keys)
    const known = this.#keys.size
    for (const key of keys) this.#keys.add(key)
    const fresh = this.#keys.size - known
    const isFirstAgain = this.#brought === 1 && fresh === 0 && known === keys.size && page.length === first.length
    const isOtherTotal = differ(page.total, this.#total)
    this.#total = page.total ?? this.#total
    this.#longest = Math.max(this.#longest, page.length)
    if (!isFirstAgain) this.#unreadable += page.length - page.keys.length
    if (fresh > 0) this.#brought += 1

    const total = this.#total
    const count = asked === null ? page.length : this.#keys.size + this.#unreadable
    const saysMore = page.more === true || (page.pages ?? 0) > this.#brought
    const saysEnd = page.more === false || (page.pages !== null && page.pages <= this.#brought)
    const isMissing = saysMore || (total ?? 0) > count
    // A total below one page, or beside another word on the end, is of something else.
    const isBounded = total !== null && this.#longest <= total && page.pages === null && page.more === null

    if (asked?.page === BEYOND && isFirstAgain) return this.#whole(true)
    // A list that was not asked for in pages and became shorter looks like one whose pages repeat.
    if (asked?.page === BEYOND) return this.#start === null ? MOVED : cantTell('pages_repeat')
    if (isOtherTotal || differ(page.pages, first.pages)) return MOVED
    if (fresh < keys.size && !isFirstAgain) return MOVED
    if (isBounded && count > total) return MOVED
    if (page.length === 0) return isMissing ? cantTell('list_short') : this.#whole(isFirst)
    if (keys.size === 0) return cantTell('unknown_shape')
    if (total === count && !saysMore) return this.#whole(isFirst)
    if (isFirstAgain && (isMissing || page.length === page.pageSize)) return cantTell('pages_repeat')
    if (isFirstAgain && page.length > (asked?.size ?? 0)) return this.#whole(true)
    if (isFirstAgain) return { is: 'more', ask: beyond(page, asked) }
    if (!isMissing && (saysEnd || this.#isShort(page, asked))) return this.#whole(isFirst)
    if (total === null && count >= MOST_UNSTATED) return cantTell('pages_endless')
    return { is: 'more', ask: this.#next(first) }
  }

  #whole(atOnce: boolean): Verdict {
    if (this.#unreadable > 0) return cantTell('unknown_shape')
    return { is: 'whole', atOnce, isProof: atOnce || this.#total === this.#keys.size }
  }

  /** Vida may cap pages but repeat the requested size: then a page is short only if the first one was longer. */
  #isShort({ length, pageSize, number }: Page, asked: Question): boolean {
    if (pageSize !== null && pageSize !== asked?.size) return length < pageSize && !USUAL_SIZES.has(length)
    if (this.#askedOn > 0) return length < (this.#first?.length ?? 0)
    return asked === null && number === null && !USUAL_SIZES.has(length)
  }

  #next(first: Page): Question {
    this.#askedOn += 1
    const { page, size } = this.#start ?? { page: first.number ?? 0, size: first.length }
    return { page: page + this.#askedOn, size }
  }
}

/** Smaller than the list where that may be capped: only what ignores paging answers with all of it. */
function beyond({ length }: Page, asked: Question): Question {
  const mayBeCapped = USUAL_SIZES.has(length) || length === asked?.size
  return { page: BEYOND, size: mayBeCapped ? Math.max(1, length - 1) : (asked?.size ?? length) }
}
