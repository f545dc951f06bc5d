import 'server-only'
import { turn } from '@/lib/server/process/slices'
import { askOn } from './ask-on'
import { VidaFailure } from './failure'
import type { Question } from './judge'
import { type NumbersPage, type OddEntry, parseNumbersPage, type VidaNumber } from './numbers'

export interface NumberList {
  numbers: VidaNumber[]
  odd: OddEntry[]
  /** It came in one answer, or reached its total: what it lacks was not in it. */
  isProof: boolean
}

/** Of one account, which is then one line of a stream and one row of a snapshot; no account has as many. */
const MOST_NUMBERS = 10_000

/** How often a list is read that changes meanwhile: a batch may be returning the numbers of this account. */
const TRIES = 3

/** `now`: many lists wait for this answer, so it does not queue behind them. */
type Read = (paging: Readonly<Record<string, string>>, priority?: 'now') => Promise<unknown>

function saysPaged({ pageSize, number, total, pages, more }: NumbersPage): boolean {
  return [pageSize, number, total, pages, more].some((said) => said !== null)
}

/**
 * Paging is not documented for number lists: the first question is for no page, and where the answer does not mention
 * paging, others follow only until one list has shown that Vida does not page them.
 */
export class NumberLists {
  readonly #maxPages: number
  /** Of the list that asked on last: whether it came whole whatever was asked for. */
  #isUnpaged: Promise<boolean> = Promise.resolve(false)

  constructor(maxPages: number) {
    this.#maxPages = maxPages
  }

  /** @throws VidaFailure where there is more than came, or the list kept changing; and what `read` throws. */
  async all(read: Read, onUnknownName?: (name: string | null) => void): Promise<NumberList> {
    const numbers = new Map<string, VidaNumber>()
    const odd = new Map<string, OddEntry>()
    const probe = Promise.withResolvers<boolean>()
    let isUnpaged = false
    let first: NumbersPage | null = null

    const ask = async (question: Question) => {
      if (question === null || first === null) {
        numbers.clear()
        odd.clear()
        first = await parseNumbersPage(await read({}))
        onUnknownName?.(first.unknownName)
        return first
      }
      if (saysPaged(first)) return askForPage(read, question, first)
      // A probe under way counts for all; one that failed for none.
      if (this.#isUnpaged !== probe.promise && (await this.#isUnpaged)) return null
      this.#isUnpaged = probe.promise
      return askForPage((paging) => read(paging, 'now'), question, first)
    }

    try {
      const pages = askOn(ask, { start: null, maxPages: this.#maxPages, tries: TRIES })
      for (;;) {
        const { done, value } = await pages.next()
        if (done) {
          isUnpaged = value.atOnce
          return { numbers: [...numbers.values()], odd: [...odd.values()], isProof: value.isProof }
        }
        await turn()
        for (const each of value.numbers) if (!numbers.has(each.number)) numbers.set(each.number, each)
        for (const each of value.odd) odd.set(each.quote, each)
        if (numbers.size + odd.size > MOST_NUMBERS) throw new VidaFailure('answer_too_large', 200)
      }
    } finally {
      probe.resolve(isUnpaged)
    }
  }
}

/** Where only the first page's length suggested more, 404 is an empty page; null: Vida refuses paging. */
async function askForPage(read: Read, { page, size }: NonNullable<Question>, first: NumbersPage) {
  try {
    const value = await read({ pagination: 'true', page: String(page), pageSize: String(size) })
    return await parseNumbersPage(value, first.unknownName)
  } catch (error) {
    const status = error instanceof VidaFailure && !saysPaged(first) ? error.status : null
    if (status === 404) return parseNumbersPage([])
    if (status === 400 || status === 422) return null
    throw error
  }
}
