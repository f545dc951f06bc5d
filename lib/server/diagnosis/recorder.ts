import 'server-only'
import { fieldsOf } from '@/lib/server/vida/fields'
import { shownName } from './names'

export interface RecordedAnswer {
  path: string
  query: Record<string, string>
  status: number
  /** Left out where it was no JSON. */
  body?: unknown
}

/** The file of a recording, which the sandbox replays. */
export interface Recording {
  format: 1
  answers: RecordedAnswer[]
}

const DAY_MS = 86_400_000
const DEEPEST = 12

const ID = /^(?:uu)?ids?$|Ids?$|_ids?$/
const PHONE = /number$|phone|msisdn/i
const NAME = /name|label|title|provider|carrier/i
const TIME = /time|date|canceled|cancelled|created|updated|expires|(?:At|_at)$/i
const COUNT =
  /^(?:page|pages|perPage|pageSize|pageNumber|pageCount|pageIndex|currentPage|count|limit|offset|total(?:Accounts|Resellers|Organizations|PhoneNumbers|Numbers|Count|Elements|Pages)?)$/
/** Words that decide how an answer is understood, and tell nothing of a customer. */
const WORDS =
  /^(?:partner|reseller|organization|account|user|voice|mms|true|false|active|inactive|(?:(?:in|out)bound-)?(?:call|sms|text)|(?:in|out)bound)$/i
const ISO_TIME = /^\d{4}-\d\d-\d\d(?:[T ].*)?$/
const PRINTED_NUMBER = /^\+?[\d\s().-]{5,40}$/
/** Of the query, what is no id. */
const ASKED = /^(?:pagination|page|pageSize|active)$/

/**
 * Keeps the shape of answers and none of their values: ids are renumbered, names and numbers made up, each the same
 * wherever it comes again; times are shifted by the same days; other texts are emptied, other quantities are 0. What
 * has no known key is no exception, and a key that may be a value gets another name.
 */
export class Recorder {
  readonly #answers = new Map<string, RecordedAnswer>()
  readonly #ids = new Map<string, number>()
  readonly #numbers = new Map<string, number>()
  readonly #names = new Map<string, number>()
  readonly #keys = new Map<string, number>()
  readonly #shiftMs: number

  constructor(shiftDays = 100 + Math.floor(Math.random() * 900)) {
    this.#shiftMs = shiftDays * DAY_MS
  }

  /** An answer to the same question replaces the one before. @param value undefined: no JSON */
  take({
    path,
    query,
    status,
    value,
  }: {
    path: string
    query: Readonly<Record<string, string>>
    status: number
    value: unknown
  }) {
    const asked = Object.entries(query).flatMap(([key, text]) => {
      if (ID.test(key)) return [[key, String(this.#id(text))]]
      return ASKED.test(key) && /^(?:\d+|true|false)$/.test(text) ? [[key, text]] : []
    })
    const answer: RecordedAnswer = { path, query: Object.fromEntries(asked), status }
    if (value !== undefined) answer.body = this.#value(value, '', 0)
    this.#answers.set(JSON.stringify([answer.path, answer.query]), answer)
  }

  recording(): Recording {
    return { format: 1, answers: [...this.#answers.values()] }
  }

  #value(value: unknown, key: string, depth: number): unknown {
    if (depth > DEEPEST) return null
    if (Array.isArray(value)) return value.map((each) => this.#value(each, key, depth + 1))
    if (typeof value === 'string') return this.#text(value, key)
    if (typeof value === 'number') return this.#quantity(value, key)
    const fields = fieldsOf(value)
    if (!fields) return value
    const entries = Object.entries(fields).map(([name, each]) => {
      const shown = shownName(name) ?? `field${this.#nth(this.#keys, name)}`
      return [shown, this.#value(each, name, depth + 1)]
    })
    return Object.fromEntries(entries)
  }

  #text(text: string, key: string): string {
    if (text.trim() === '' || WORDS.test(text)) return text.trim() === '' ? '' : text
    if (ID.test(key)) return String(this.#id(text))
    if (ISO_TIME.test(text)) return this.#shifted(text)
    if (PRINTED_NUMBER.test(text)) return this.#number(text)
    if (PHONE.test(key) || !NAME.test(key)) return ''
    return `Name ${this.#nth(this.#names, text)}`
  }

  #quantity(value: number, key: string): number {
    if (ID.test(key)) return Number(this.#id(String(value)))
    if (COUNT.test(key)) return value
    if (PHONE.test(key)) return Number(this.#number(String(value)))
    if (TIME.test(key) && value > 0) return value - (value > 1e11 ? this.#shiftMs : this.#shiftMs / 1000)
    return 0
  }

  #id(text: string): number | string {
    const nth = 1000 + this.#nth(this.#ids, text.trim())
    return /^\s*\d+\s*$/.test(text) ? nth : `id-${nth}`
  }

  #shifted(text: string): string {
    const time = Date.parse(text)
    return Number.isNaN(time) ? '' : new Date(time - this.#shiftMs).toISOString().slice(0, text.length > 10 ? 24 : 10)
  }

  /** Numbers of North America keep the form they are written in; another one with a `+` becomes one of them. */
  #number(text: string): string {
    const digits = text.replace(/\D/g, '')
    const nth = String(this.#nth(this.#numbers, digits)).padStart(4, '0')
    const isAmerican = digits.length === 10 || (digits.length === 11 && digits.startsWith('1'))
    if (!isAmerican)
      return text.trim().startsWith('+') && digits.length > 6 ? `+1972555${nth}` : nth.padStart(digits.length, '9')
    const made = [...`${digits.length === 11 ? '1' : ''}214555${nth}`]
    return text.trim().replace(/\d/g, () => made.shift() ?? '')
  }

  #nth(known: Map<string, number>, value: string): number {
    const before = known.get(value)
    if (before !== undefined) return before
    known.set(value, known.size + 1)
    return known.size
  }
}
