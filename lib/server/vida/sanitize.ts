import 'server-only'
import { cleanLine } from '@/lib/domain/text/clean'

/** A text of Vida's as one line (`cleanLine`); null: empty. */
export function sanitizeLine(text: string, limit = 500): string | null {
  return cleanLine(text, limit) || null
}

export const MASK = '[•••]'

/** One character of the token as itself, percent-encoded once or twice, or as JSON may escape it (`\/`, `\u003c`). */
function anyForm(char: string): string {
  const anyCase = (digits: string) => digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
  const hex = [...Buffer.from(char)].map((byte) => byte.toString(16).padStart(2, '0'))
  const encoded = hex.map((pair) => `%(?:25)?${anyCase(pair)}`).join('')
  const units = char.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'))
  const escaped = units.map((unit) => `\\\\u${anyCase(unit)}`).join('')
  const slash = /["\\/]/.test(char) ? '\\\\?' : ''
  return `(?:${slash}${char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}|${encoded}|${escaped})`
}

/** The parts that do not depend on where in a longer text the token begins. */
function base64Forms(token: string): string[] {
  const bytes = Buffer.from(token)
  return [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const inner = text.slice(offset === 0 ? 0 : offset + 1, (offset + bytes.length) % 3 === 0 ? undefined : -1)
    return inner.length < 8 ? [] : [inner.replace(/[+/]/g, (char) => (char === '+' ? '[+-]' : '(?:\\\\?\\/|_)'))]
  })
}

/** The token as it is, URL-encoded (also twice), and in base64 and base64url: an error page may quote its URL. */
export function tokenPattern(token: string): RegExp {
  return new RegExp([[...token].map(anyForm).join(''), ...base64Forms(token)].join('|'), 'gu')
}

export function tokenMask(token: string): (text: string) => string {
  if (token === '') return (text) => text
  let pattern: RegExp | null = null
  return (text) => {
    pattern ??= tokenPattern(token)
    return text.replace(pattern, MASK)
  }
}
