import 'server-only'
import { fieldsOf, firstOf } from './fields'
import { sanitizeLine } from './sanitize'
import type { TokenMask } from './token-mask'

export interface Masking {
  token: string
  mask: TokenMask
}

/** Characters besides those of a token; the first 500 are shown. */
const LONGEST = 2_000

function sentenceOf(text: unknown, { token, mask }: Masking): string | null {
  if (typeof text !== 'string') return null
  const cut = text.slice(0, LONGEST + token.length)
  const isCut = cut.length < text.length
  // Half a character would no longer be a beginning of the token.
  const line = sanitizeLine(isCut ? cut.replace(/[\ud800-\udbff]$/, '') : cut, Number.POSITIVE_INFINITY)
  // Masked before it is cut to what is shown, so that no half of a token is left.
  return line === null ? null : sanitizeLine(mask(line, isCut))
}

/** Vida's own sentence (`message`, or an `error` that is text or holds one) as plain text. */
export function messageOf(value: unknown, masking: Masking): string | null {
  const fields = fieldsOf(value)
  if (!fields) return null
  const sentence = (text: unknown) => sentenceOf(text, masking)
  const inError = fieldsOf(fields.error)
  return firstOf(fields, ['message', 'error'], sentence) ?? (inError && firstOf(inError, ['message'], sentence))
}

export function saysNo(value: unknown): boolean {
  return fieldsOf(value)?.success === false
}
