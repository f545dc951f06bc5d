import 'server-only'
import { fieldsOf, firstOf } from './fields'
import { sanitizeLine } from './sanitize'

/** Characters; what is longer is no sentence, and takes long to sanitize. */
const LONGEST = 64 * 1024

/** Vida's own sentence (`message`, or an `error` that is text or holds one) as plain text. */
export function messageOf(value: unknown, mask: (text: string) => string): string | null {
  const fields = fieldsOf(value)
  if (!fields) return null
  const line = (text: unknown) =>
    typeof text === 'string' && text.length <= LONGEST ? sanitizeLine(text, Number.POSITIVE_INFINITY) : null
  const inError = fieldsOf(fields.error)
  const said = firstOf(fields, ['message', 'error'], line) ?? (inError && firstOf(inError, ['message'], line))
  // Masked before it is cut, so that no half of a token is left.
  return said === null ? null : sanitizeLine(mask(said))
}

export function saysNo(value: unknown): boolean {
  return fieldsOf(value)?.success === false
}
