import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineAt, startsOf } from './line-places'

const aLine = fc.record({
  height: fc.integer({ min: 1, max: 90 }),
  measured: fc.option(fc.integer({ min: 1, max: 300 })),
})

test('each place in the list is in the line that covers it, whatever was measured', () => {
  fc.assert(
    fc.property(fc.array(aLine, { minLength: 1 }), fc.nat(), (given, anywhere) => {
      const lines = given.map((line, index) => ({ ...line, key: String(index) }))
      const measured = new Map(lines.flatMap(({ key, measured }) => (measured === null ? [] : [[key, measured]])))
      const starts = startsOf({ lines, keyOf: ({ key }) => key, heightOf: ({ height }) => height }, measured)
      const end = lines.reduce((sum, { height, measured }) => sum + (measured ?? height), 0)
      expect(starts.at(-1)).toBe(end)
      const place = anywhere % end
      const at = lineAt(starts, place)
      expect(starts[at]).toBeLessThanOrEqual(place)
      expect(starts[at + 1]).toBeGreaterThan(place)
      expect(lineAt(starts, -1)).toBe(0)
      expect(lineAt(starts, end + 1)).toBe(lines.length - 1)
    }),
  )
})
