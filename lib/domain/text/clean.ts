const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu
const CONTROLS_IN_LINES = /[^\P{Cc}\t\n\r]+/gu
/** Bidi controls, zero-widths, tags, except the two joiners that Persian and emoji need. */
const INVISIBLE = /(?![\u200c\u200d])\p{Cf}/gu
/** UAX #15 lets a text have 30 marks in a row; of more, NFC takes quadratic time. */
const MARKS = /\p{M}+/gu
const MOST_MARKS = 30
const PLAIN = /^[\x20-\x7e]*$/

function cleaned(text: string, controls: RegExp): string {
  if (PLAIN.test(text)) return text
  const seen = text.toWellFormed().replace(controls, ' ').replace(INVISIBLE, '')
  return seen.replace(MARKS, firstMarks).normalize('NFC')
}

function firstMarks(run: string): string {
  return run.length <= MOST_MARKS ? run : [...run].slice(0, MOST_MARKS).join('')
}

/**
 * One line in NFC without control and invisible characters, lone surrogates and outer spaces; what is longer than
 * `limit` UTF-16 code units ends in `…`. Takes linear time.
 */
export function cleanLine(text: string, limit = Number.POSITIVE_INFINITY): string {
  const line = cleaned(text, CONTROLS).trim()
  if (line.length <= limit) return line
  return `${line
    .slice(0, limit - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`
}

/** The same for a text whose lines and tabs mean something. */
export function cleanLines(text: string): string {
  return cleaned(text, CONTROLS_IN_LINES)
}
