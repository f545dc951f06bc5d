import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carrySeen, seenSince } from './seen'

const at = (reading: number) => new Date(Date.UTC(2026, 10, 3, 10, reading)).toISOString()
const number = fc.nat({ max: 6 }).map((n) => `+121455500${String(n).padStart(2, '0')}`)
/** What an account held at each reading; null: the reading did not meet the account at all. */
const readings = fc.array(fc.option(fc.array(number, { maxLength: 8 }), { nil: null }), { minLength: 1, maxLength: 12 })

describe('since when a number has been seen', () => {
  it('is the first reading of those without a gap up to the last one, whatever happened before', () => {
    fc.assert(
      fc.property(readings, (all) => {
        let saved: string | null = null
        all.forEach((held, reading) => {
          saved = held && carrySeen(saved, held, at(reading))
          for (const each of new Set(all.flat())) {
            if (each === null) continue
            const gap = all.slice(0, reading + 1).findLastIndex((earlier) => !earlier?.includes(each))
            expect(saved && seenSince(saved, each)).toBe(gap === reading ? null : at(gap + 1))
          }
        })
      }),
    )
  })

  it('stays the same text while an account has the same numbers', () => {
    fc.assert(
      fc.property(fc.array(number), fc.array(number), (first, more) => {
        const saved = carrySeen(carrySeen(null, first, at(1)), [...first, ...more], at(2))
        expect(carrySeen(saved, [...first, ...more], at(3))).toBe(saved)
      }),
    )
  })

  it('begins anew where another shape stands', () => {
    for (const text of ['', 'null', '[]', '{"', '{"a":1}', '{"a":[1]}']) {
      expect(seenSince(text, '+12145550001'), text).toBeNull()
      expect(seenSince(carrySeen(text, ['+12145550001'], at(1)), '+12145550001'), text).toBe(at(1))
    }
  })
})
