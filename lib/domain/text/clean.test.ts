import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { cleanLine, cleanLines } from './clean'

/** Controls, line separators, and format characters other than the two joiners. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u

const nasty = fc.constantFrom(
  ...['\u0000', '\u001b[31m', '\u0085', '\r\n', '\t', '\u2028', '\u202e', '\u2066', '\u200b', '\ufeff', '\u00ad'],
  ...['\ud800', '\udc00', '\u{e0041}', '\u0301', '\u0327', '\u0344', '\u0958', '\u212b', '😀', '\u200d', ' ', 'a', 'é'],
)
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(nasty, { maxLength: 60 }).map((parts) => parts.join('')),
  // Lone surrogates as well.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
)

describe('a cleaned line', () => {
  test.each([
    ['  Not\r\nallowed:\u0000\u001b[31m\u202e\u2066red\u200b\u00ad\u2028x ', 'Not allowed: [31mred x'],
    ['<b>ä 電話 می‌خواهم 👩‍👧</b>', '<b>ä 電話 می‌خواهم 👩‍👧</b>'],
    ['Zoe\u0308', 'Zoë'],
    ['\u212b', 'Å'],
    ['a\ud800b', 'a\ufffdb'],
    ['\u0000 \u200b', ''],
    ['\u200f', ''],
  ])('of %j is %j', (text, line) => expect(cleanLine(text)).toBe(line))

  it('holds nothing hidden, is well-formed, in NFC, trimmed and within its limit, whatever comes in', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 80 }), (text, limit) => {
        const line = cleanLine(text, limit)
        expect(line).not.toMatch(HIDDEN)
        expect(line.isWellFormed()).toBe(true)
        expect(line.normalize('NFC')).toBe(line)
        expect(line.trim()).toBe(line)
        expect(line.length).toBeLessThanOrEqual(limit)
      }),
      { numRuns: 1_000 },
    )
  })

  it('stays as it is when it is cleaned again', () => {
    fc.assert(fc.property(anyText, (text) => cleanLine(cleanLine(text)) === cleanLine(text)))
  })

  it('ends before its limit without half a character', () => {
    const line = cleanLine('😀'.repeat(10_000), 500)
    expect(line.length).toBeLessThanOrEqual(500)
    expect(line.isWellFormed()).toBe(true)
    expect(line.endsWith('…')).toBe(true)
  })

  it('takes no quadratic time for marks in the worst order', () => {
    // NFC alone takes minutes for this.
    expect(cleanLine(`a${'\u0301\u0327'.repeat(200_000)}`).length).toBeLessThan(32)
  })
})

describe('cleaned lines', () => {
  it('keep line ends and tabs, and hold nothing else that is hidden', () => {
    expect(cleanLines('+1 214\t\u202aAlder\u202c\r\n\u0000x\n')).toBe('+1 214\tAlder\r\n x\n')
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = cleanLines(text)
        expect(lines.replace(/[\t\n\r]/g, '').replace(/[\p{Zl}\p{Zp}]/gu, '')).not.toMatch(HIDDEN)
        expect(lines.isWellFormed()).toBe(true)
      }),
    )
  })
})
