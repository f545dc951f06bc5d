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
        let kept: string | null = null
        all.forEach((held, reading) => {
          kept = held && carrySeen(kept, held, at(reading))
          for (const each of new Set(all.flat())) {
            if (each === null) continue
            const gap = all.slice(0, reading + 1).findLastIndex((earlier) => !earlier?.includes(each))
            expect(kept && seenSince(kept, each)).toBe(gap === reading ? null : at(gap + 1))
          }
        })
      }),
    )
  })

  it('is kept as it stands, without any rewriting, while an account keeps its numbers', () => {
    fc.assert(
      fc.property(fc.array(number), fc.array(number), (first, more) => {
        const kept = carrySeen(carrySeen(null, first, at(1)), [...first, ...more], at(2))
        expect(carrySeen(kept, [...first, ...more], at(3))).toBe(kept)
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
