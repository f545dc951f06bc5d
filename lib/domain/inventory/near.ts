import type { NumberRow } from './rows'
import { cleanedQuery } from './search'

/** Least and most digits of a whole number, with a way abroad. */
const DIGITS = /^\d{7,18}$/
const MOST_NEAR = 3

export interface TypedWhole {
  /** As the last digits of a number: without a trunk zero or a way abroad, or as they were typed. */
  endings: string[]
  /** With a `+`: the endings are all of the digits. */
  isWhole: boolean
  hasLetters: boolean
}

/** A search that is one number and nothing else; null: it is not. */
export function typedWhole(query: string): TypedWhole | null {
  const text = cleanedQuery(query).trim()
  if (!/^\+?[\doO\s().\-/]+$/.test(text)) return null
  const digits = text.replace(/o/gi, '0').replace(/\D/g, '')
  if (!DIGITS.test(digits)) return null
  const endings = [digits, digits.replace(/^0+/, ''), digits.replace(/^011/, '')].filter((each) => DIGITS.test(each))
  return { endings: [...new Set(endings)], isWhole: text.startsWith('+'), hasLetters: /o/i.test(text) }
}

export function isTyped({ endings, isWhole }: TypedWhole, number: string): boolean {
  return endings.some((digits) => (isWhole ? number === `+${digits}` : number.endsWith(digits)))
}

/** Whether one digit is missing, wrong or too many, or two neighbours are swapped. */
function isOneOff(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  if (short.slice(at + 1) === long.slice(at + 1)) return true
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
}

function isNear({ endings, isWhole }: TypedWhole, number: string): boolean {
  const digits = number.slice(1)
  return endings.some((ending) => {
    if (isWhole) return Math.abs(ending.length - digits.length) < 2 && isOneOff(ending, digits)
    return [-1, 0, 1].some((more) => {
      const length = ending.length + more
      return length <= digits.length && isOneOff(ending, digits.slice(-length))
    })
  })
}

/** Listed numbers that differ from the typed one in one place, three at most; none if it is listed itself. */
export function nearNumbers(typed: TypedWhole, rows: Iterable<Pick<NumberRow, 'number'>>): string[] {
  const near = new Set<string>()
  const same = new Set<string>()
  for (const { number } of rows) {
    if (isTyped(typed, number)) same.add(number)
    else if (near.size < MOST_NEAR && isNear(typed, number)) near.add(number)
  }
  if (same.size === 0) return [...near]
  return typed.hasLetters ? [...same].slice(0, MOST_NEAR) : []
}
