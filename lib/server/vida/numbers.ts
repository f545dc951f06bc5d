import 'server-only'
import { readVidaNumber } from '@/lib/server/phone/e164'
import { lineOf } from './account'
import { VidaFailure } from './failure'
import { type Fields, fieldsOf, firstOf, flagOf } from './fields'
import { endsAfter, goesOn, type Paging, pagingOf, totalChanged, USUAL_SIZES } from './paging'

export interface VidaNumber {
  /** E.164. */
  number: string
  label: string | null
  provider: string | null
  sms: boolean | null
}

function providerOf(value: unknown): string | null {
  const inside = fieldsOf(value)
  return inside ? firstOf(inside, ['name'], lineOf) : lineOf(value)
}

/** A flag of its own, or capabilities as a list of words or an object of flags. */
function smsOf(fields: Fields): boolean | null {
  const own = firstOf(fields, ['smsEnabled', 'sms'], flagOf)
  if (own !== null) return own
  const { capabilities } = fields
  if (Array.isArray(capabilities)) {
    return capabilities.some((word) => typeof word === 'string' && word.trim().toLowerCase() === 'sms')
  }
  const flags = fieldsOf(capabilities)
  return flags ? firstOf(flags, ['sms', 'SMS'], flagOf) : null
}

function e164Of(value: unknown): string | null {
  const line = lineOf(value)
  return line === null ? null : readVidaNumber(line)
}

function parseEntry(entry: unknown): VidaNumber | null {
  const fields = fieldsOf(entry)
  const number = fields ? firstOf(fields, ['number', 'phoneNumber'], e164Of) : e164Of(entry)
  if (number === null) return null
  if (!fields) return { number, label: null, provider: null, sms: null }
  return {
    number,
    label: firstOf(fields, ['label', 'friendlyName', 'name'], lineOf),
    provider: firstOf(fields, ['provider', 'providerName'], providerOf),
    sms: smsOf(fields),
  }
}

interface NumbersPage extends Paging {
  numbers: VidaNumber[]
  /** A number that is listed twice counts twice. */
  length: number
}

const TOTALS = ['totalPhoneNumbers', 'totalNumbers', 'totalCount', 'total', 'totalElements']

/** The body is not published (docs/vida-api.md). @throws VidaFailure `unknown_shape`, also for one unreadable entry. */
export function parseNumbersPage(value: unknown): NumbersPage {
  const fields = fieldsOf(value)
  const found: unknown = Array.isArray(value) ? value : fields && (fields.phoneNumbers ?? fields.numbers)
  if (!Array.isArray(found)) throw new VidaFailure('unknown_shape', 200)
  const list: readonly unknown[] = found
  const numbers = list.map((entry) => {
    const number = parseEntry(entry)
    if (!number) throw new VidaFailure('unknown_shape', 200)
    return number
  })
  return { ...pagingOf(value, TOTALS), numbers, length: list.length }
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

  /** Each number once. @throws VidaFailure where there is more than came; and what `read` throws. */
  async all(read: Read): Promise<VidaNumber[]> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#once(read)
      } catch (error) {
        // What moved to a page that was read already would be missing.
        const changed = error instanceof VidaFailure && error.code === 'list_changed'
        if (!changed || tries === MOST_TRIES) throw error
      }
    }
  }

  async #once(read: Read): Promise<VidaNumber[]> {
    const numbers = new Map<string, VidaNumber>()
    const first = parseNumbersPage(await read({}))
    takeIn(numbers, first)
    const soFar = { first, numbers, maxPages: this.#maxPages }
    if (mayGoOn(first)) {
      if (isPaged(first)) await readOn(read, soFar)
      else await this.#probe(() => readOn((paging) => read(paging, 'now'), soFar))
    }
    const { total, length } = first
    if ((total !== null && total > Math.max(length, numbers.size)) || (length === 0 && goesOn(first, 1))) {
      throw new VidaFailure('list_short', 200)
    }
    return [...numbers.values()]
  }

  async #probe(readRest: () => Promise<boolean>): Promise<void> {
    // A probe under way counts for all; one that failed for none.
    if (this.#unpaged !== null && (await this.#unpaged.catch(() => false))) return
    this.#unpaged = readRest()
    await this.#unpaged
  }
}

/** @returns how many are new */
function takeIn(numbers: Map<string, VidaNumber>, page: NumbersPage): number {
  const before = numbers.size
  for (const each of page.numbers) if (!numbers.has(each.number)) numbers.set(each.number, each)
  return numbers.size - before
}

interface SoFar {
  first: NumbersPage
  numbers: Map<string, VidaNumber>
  maxPages: number
}

/** @returns whether there are no further pages: the list comes whole whatever is asked for */
async function readOn(read: Read, { first, numbers, maxPages }: SoFar): Promise<boolean> {
  // One less than came at first: pages overlap, so that no number is missed. Of two, a page of one would add nothing.
  const size = first.length > 2 ? first.length - 1 : first.length
  let repeats = 0
  let brought = 1
  for (let nth = 1; ; nth++) {
    if (nth >= maxPages) throw new VidaFailure('pages_endless', 200)
    const page = await nextPage(read, first, { page: (first.number ?? 0) + nth, size })
    if (page === null || page.length === 0) return page === null
    if (totalChanged(first, page)) throw new VidaFailure('list_changed', 200)
    const fresh = takeIn(numbers, page)
    // A page that came before does not count as a further one.
    if (fresh > 0) brought += 1
    const goes = goesOn(page, brought)
    if (first.total === numbers.size && !goes) return false
    const missing = (first.total ?? 0) > numbers.size || goes
    const over = page.length < size || endsAfter(page, brought)
    if (over && !missing) return false
    if (fresh > 0) continue
    if (missing || page.length === page.pageSize) throw new VidaFailure('pages_repeat', 200)
    if (page.length !== first.length) throw new VidaFailure('list_changed', 200)
    // The whole list again; twice, because pages may be counted from 1.
    repeats += 1
    if (repeats === 2) return true
  }
}

/** Where only the first page's length suggested more, 404 is an empty page; null: Vida refuses paging. */
async function nextPage(read: Read, first: NumbersPage, { page, size }: { page: number; size: number }) {
  try {
    return parseNumbersPage(await read({ pagination: 'true', page: String(page), pageSize: String(size) }))
  } catch (error) {
    const status = error instanceof VidaFailure && !isPaged(first) ? error.status : null
    if (status === 404) return parseNumbersPage([])
    if (status === 400 || status === 422) return null
    throw error
  }
}
