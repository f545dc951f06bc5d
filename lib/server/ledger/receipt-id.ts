import 'server-only'
import { randomBytes } from 'node:crypto'
import { BadCursor } from './errors'

/** Crockford's base 32: no I, L, O, U, so that an id can be dictated on the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SHAPE = /^R-[0-9A-HJKMNP-TV-Z]{9}-[0-9A-HJKMNP-TV-Z]{12}$/

/** What the ids of all returns that were requested at `at` (Unix ms) or later sort after. */
export function receiptsFrom(at: number): string {
  let time = ''
  for (let rest = at; time.length < 9; rest = Math.floor(rest / 32)) time = ALPHABET.charAt(rest % 32) + time
  return `R-${time}`
}

/** Nine characters of time (`at`, Unix ms), so that ids sort by request, and 60 random bits against guessing. */
export function newReceiptId(at: number): string {
  const random = Array.from(randomBytes(12), (byte) => ALPHABET.charAt(byte % 32)).join('')
  return `${receiptsFrom(at)}-${random}`
}

/** An opaque cursor to the place after a record: receipt ids sort by time, so one is all that it needs. */
export function cursorAfter(receiptId: string): string {
  return Buffer.from(receiptId).toString('base64url')
}

export function readCursor(cursor: string): string {
  const receiptId = cursor.length <= 64 ? Buffer.from(cursor, 'base64url').toString() : ''
  if (!SHAPE.test(receiptId) || cursorAfter(receiptId) !== cursor) throw new BadCursor()
  return receiptId
}
