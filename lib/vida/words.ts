import 'server-only'

const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu
/** Invisible ones (bidi controls, zero-widths, tags), save the two joiners that Persian and emoji are written with. */
const UNSEEN = /(?![\u200c\u200d])\p{Cf}/gu

/**
 * Text from Vida as one plain line: control characters become spaces, bidi controls and invisible characters go, lone
 * surrogates are replaced, and it ends after `limit` characters. Null when nothing is left.
 */
export function plainLine(text: string, limit = 500): string | null {
  const line = text.toWellFormed().replace(CONTROLS, ' ').replace(UNSEEN, '').trim()
  if (line.length <= limit) return line || null
  return `${line
    .slice(0, limit - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`
}

const MASK = '[•••]'

/** One character of the token as itself, or percent-encoded once or twice. */
function anyForm(char: string): string {
  const hex = [...Buffer.from(char)].map((byte) => byte.toString(16).padStart(2, '0'))
  const encoded = hex.map((pair) => `%(?:25)?${pair.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)}`)
  return `(?:${char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}|${encoded.join('')})`
}

/** The parts of the token's base64 (and base64url) that stay the same wherever in a longer text it begins. */
function base64Forms(token: string): string[] {
  const bytes = Buffer.from(token)
  return [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const inner = text.slice(offset === 0 ? 0 : offset + 1, (offset + bytes.length) % 3 === 0 ? undefined : -1)
    return inner.length < 8 ? [] : [inner.replace(/[+/]/g, (char) => (char === '+' ? '[+-]' : '[/_]'))]
  })
}

/**
 * Makes a function that masks every occurrence of the token in a text: raw, URL-encoded (also twice), base64 and base64url.
 * The token is in every URL that Vida sees, so an error page may well quote it.
 */
export function tokenMask(token: string): (text: string) => string {
  if (token === '') return (text) => text
  let pattern: RegExp | null = null
  return (text) => {
    pattern ??= new RegExp([[...token].map(anyForm).join(''), ...base64Forms(token)].join('|'), 'gu')
    return text.replace(pattern, MASK)
  }
}
