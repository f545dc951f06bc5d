import 'server-only'
import { turn } from '@/lib/server/process/slices'
import { BEYOND, Entries, outgrewTotal } from './entries'
import { VidaFailure } from './failure'
import { type NumbersPage, type OddEntry, parseNumbersPage, type VidaNumber } from './numbers'
import { endsAfter, goesOn, type Paging, totalChanged, USUAL_SIZES } from './paging'

export interface NumberList {
  numbers: VidaNumber[]
  odd: OddEntry[]
  /** It came in one answer, or reached its total: what it lacks was not in it. */
  isProof: boolean
}

function isPaged({ pageSize, number, total, pages, more }: Paging): boolean {
  return [pageSize, number, total, pages, more].some((said) => said !== null)
}

function mayGoOn(page: NumbersPage): boolean {
  const { length, total, pageSize, number } = page
  if (length === 0) return false
  if ((total !== null && total > length) || goesOn(page, 1)) return true
  if (total === length) return false
  if (endsAfter(page, 1)) return false
  if (USUAL_SIZES.has(length)) return true
  return pageSize === null ? number !== null : length >= pageSize
}

/** Of one account, which is then one line of a stream and one row of a snapshot; no account has as many. */
const MOST_NUMBERS = 10_000

/** How often a list is read that changes meanwhile: a batch may be returning the numbers of this account. */
const MOST_TRIES = 3

/** `now`: many lists wait for this answer, so it does not queue behind them. */
type Read = (paging: Readonly<Record<string, string>>, priority?: 'now') => Promise<unknown>

/**
 * Paging is not documented for number lists: further pages are read only if the answer mentions paging or has a usual
 * page's length, and for its length only until one list has shown that Vida does not page them.
 */
export class NumberLists {
  readonly #maxPages: number
  #unpaged: Promise<boolean> | null = null

  constructor(maxPages: number) {
    this.#maxPages = maxPages
  }

  /** @throws VidaFailure where there is more than came, or the list kept changing; and what `read` throws. */
  async all(read: Read, onUnknownName?: (name: string | null) => void): Promise<NumberList> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#once(read, onUnknownName)
      } catch (error) {
        // What moved to a page that was read already would be missing.
        const changed = error instanceof VidaFailure && error.code === 'list_changed'
        if (!changed || tries === MOST_TRIES) throw error
      }
    }
  }

  async #once(read: Read, onUnknownName?: (name: string | null) => void): Promise<NumberList> {
    const first = await parseNumbersPage(await read({}))
    onUnknownName?.(first.unknownName)
    await turn()
    const reading = new Reading(first, this.#maxPages)
    const isWhole = !mayGoOn(first) || (await this.#readOn(read, reading))
    return reading.list(isWhole)
  }

  /** @returns whether the first answer was the whole list */
  async #readOn(read: Read, reading: Reading): Promise<boolean> {
    if (isPaged(reading.first)) return reading.readOn(read)
    // A probe under way counts for all; one that failed for none.
    if (this.#unpaged !== null && (await this.#unpaged.catch(() => false))) return true
    this.#unpaged = reading.readOn((paging) => read(paging, 'now'))
    return this.#unpaged
  }
}

const keysOf = ({ numbers, odd }: NumbersPage) => [
  ...numbers.map(({ number }) => number),
  ...odd.map(({ quote }) => `odd ${quote}`),
]

/** One reading of a list, whose pages are all asked to be as long as the first answer. */
class Reading {
  readonly first: NumbersPage
  readonly #maxPages: number
  readonly #entries = new Entries()
  readonly #numbers = new Map<string, VidaNumber>()
  readonly #odd = new Map<string, OddEntry>()
  #total: number | null

  constructor(first: NumbersPage, maxPages: number) {
    this.first = first
    this.#maxPages = maxPages
    this.#total = first.total
    this.#take(first)
  }

  list(isWhole: boolean): NumberList {
    const { length } = this.first
    const count = isWhole ? Math.max(length, this.#entries.size) : this.#entries.size
    const isShort = this.#total !== null && this.#total > count
    if (isShort || (length === 0 && goesOn(this.first, 1))) throw new VidaFailure('list_short', 200)
    return {
      numbers: [...this.#numbers.values()],
      odd: [...this.#odd.values()],
      isProof: isWhole || this.#total === this.#entries.size,
    }
  }

  /** @returns whether there are no further pages: the list comes whole whatever is asked for */
  async readOn(read: Read): Promise<boolean> {
    const { first } = this
    let brought = 1
    for (let nth = 1; ; nth++) {
      if (nth >= this.#maxPages) throw new VidaFailure('pages_endless', 200)
      const page = await nextPage(read, first, { page: (first.number ?? 0) + nth, size: first.length })
      if (page === null || page.length === 0) return page === null
      if (totalChanged({ total: this.#total }, page)) throw new VidaFailure('list_changed', 200)
      this.#total ??= page.total
      const fresh = this.#take(page)
      const { size } = this.#entries
      if (outgrewTotal({ ...page, total: this.#total }, size, first.length)) throw new VidaFailure('list_changed', 200)
      // A page that came before does not count as a further one.
      if (fresh > 0) brought += 1
      const goes = goesOn(page, brought)
      if (this.#total === size && !goes) return false
      const missing = (this.#total ?? 0) > size || goes
      if (fresh === 0) {
        if (missing || page.length === page.pageSize) throw new VidaFailure('pages_repeat', 200)
        if (await this.#comesWhole(read)) return true
        throw new VidaFailure('list_changed', 200)
      }
      if ((page.length < first.length || endsAfter(page, brought)) && !missing) return false
    }
  }

  /** Whether the list comes as it came first also where a smaller page beyond every list is asked for. */
  async #comesWhole(read: Read): Promise<boolean> {
    const { length } = this.first
    const page = await nextPage(read, this.first, { page: BEYOND, size: Math.max(1, length - 1) })
    return page?.length === length && this.#entries.isFirst(new Set(keysOf(page)))
  }

  #take(page: NumbersPage): number {
    if (this.#entries.size + page.length > MOST_NUMBERS) throw new VidaFailure('answer_too_large', 200)
    for (const each of page.numbers) if (!this.#numbers.has(each.number)) this.#numbers.set(each.number, each)
    for (const each of page.odd) this.#odd.set(each.quote, each)
    return this.#entries.take(keysOf(page))
  }
}

/** Where only the first page's length suggested more, 404 is an empty page; null: Vida refuses paging. */
async function nextPage(read: Read, first: NumbersPage, { page, size }: { page: number; size: number }) {
  try {
    const value = await read({ pagination: 'true', page: String(page), pageSize: String(size) })
    return await parseNumbersPage(value, first.unknownName)
  } catch (error) {
    const status = error instanceof VidaFailure && !isPaged(first) ? error.status : null
    if (status === 404) return parseNumbersPage([])
    if (status === 400 || status === 422) return null
    throw error
  }
}
