import 'server-only'
import { randomBytes } from 'node:crypto'

/** Crockford's base 32: no I, L, O, U, so that an id can be read out on the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SHAPE = /^R-[0-9A-HJKMNP-TV-Z]{9}-[0-9A-HJKMNP-TV-Z]{12}$/

/**
 * A new receipt id such as `R-1JD3K8Q2M-7XK2P9QWE4RT`: nine characters of time, so that ids sort as their requests
 * do, and sixty random bits, so that none can be guessed.
 * @param at Unix milliseconds
 */
export function newReceiptId(at: number): string {
  let time = ''
  for (let rest = at; time.length < 9; rest = Math.floor(rest / 32)) time = ALPHABET.charAt(rest % 32) + time
  const random = Array.from(randomBytes(12), (byte) => ALPHABET.charAt(byte % 32)).join('')
  return `R-${time}-${random}`
}

export function isReceiptId(value: string): boolean {
  return SHAPE.test(value)
}
