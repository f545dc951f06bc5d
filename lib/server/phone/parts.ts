import 'server-only'
import { readTyped } from './e164'

const PIECES = /\d{1,2}\/\d{1,2}\/\d{4}|\d{4}-\d\d-\d\d|[^ /]+/g
const DATE = /^(?:\d{1,2}\/\d{1,2}\/\d{4}|\d{4}-\d\d-\d\d)$/

/** Characters; a longer row stays one entry, so that reading it takes no long step. */
const LONGEST_ROW = 4_000

/** Fewest digits of a piece that is a number of its own beside others. */
const ALONE = 7

const isAlone = ([piece = '', ...others]: string[]) =>
  others.length === 0 && (DATE.test(piece) || digitsOf(piece).length >= ALONE)

const digitsOf = (text: string) => text.replace(/\D/g, '')

/** A number of the United States in groups: ten digits, or eleven with a 1. */
function isAmerican(text: string): boolean {
  return /^(?:1\d{10}|[2-9]\d{9})$/.test(digitsOf(text)) && (!text.startsWith('+') || digitsOf(text).length === 11)
}

function separateParts(text: string): string[] | null {
  const pieces = (text.match(PIECES) ?? []).filter((piece) => /\d/.test(piece))
  const parts: string[] = []
  for (let index = 0; index < pieces.length; ) {
    const part = [1, 2, 3, 4]
      .map((count) => pieces.slice(index, index + count))
      .find((some) => isAlone(some) || isAmerican(some.join(' ')))
    if (!part) return null
    parts.push(part.join(' '))
    index += part.length
  }
  return parts
}

/**
 * The numbers of a row of digits: each piece between spaces a number or a date, or groups of American numbers. The row
 * itself if it is one number or if anything would be left over, because where a number begins would be a guess.
 */
export function partsOf(text: string, extension: RegExp): string[] {
  const row = text.replace(extension, '')
  if (row.length > LONGEST_ROW || digitsOf(row).length < 2 * ALONE || readTyped(row).number !== null) return [text]
  const parts = separateParts(row)
  return parts === null ? [text] : [...parts.slice(0, -1), `${parts.at(-1) ?? ''}${text.slice(row.length)}`]
}
