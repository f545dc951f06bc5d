import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine, withoutApostrophes } from './csv'
import { formulasIn, hostileText } from './testing/spreadsheet'

test.each([
  [null, ''],
  ['', ''],
  ['+12145551234', '+12145551234'],
  ['+12145551234,1', `"'+12145551234,1"`],
  ['+1+cmd', "'+1+cmd"],
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['-1', "'-1"],
  ['@sum', "'@sum"],
  ['\tx', "'\tx"],
  ['\rx', `"'\rx"`],
  ['x;=1+1;y', "x;'=1+1;y"],
  ['x\t@sum', "x\t'@sum"],
  ['two\n- lines', `"two\n'- lines"`],
  ['x; \u200b"+1', `"x;' \u200b""+1"`],
  ['＝1+1', "'＝1+1"],
  ['\u00ad=1', "'\u00ad=1"],
  ['a - b; c = d', 'a - b; c = d'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['Müller & Söhne', 'Müller & Söhne'],
])('the cell %j neither breaks its line nor is executed', (text, cell) => {
  expect(csvLine([text])).toBe(`${cell}\r\n`)
})

test('a line has a comma between its cells and ends with CRLF', () => {
  expect(csvLine(['+12145550101', null, 'Alder, Family', 'x'])).toBe('+12145550101,,"Alder, Family",x\r\n')
})

test('no cell of a line begins a formula, whether a spreadsheet splits at commas, semicolons or tabs', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 1, maxLength: 4 }), (cells) => {
      expect(formulasIn(csvLine(cells))).toEqual([])
    }),
    { numRuns: 3000 },
  )
})

test.each([
  ["'=1+1", '=1+1'],
  ["'+1 (214) 555-0101", '+1 (214) 555-0101'],
  ["x;'=1;'-2\t'\t'@", 'x;=1;-2\t\t@'],
  ["''=1", "''=1"],
  ["'+12145550101", "'+12145550101"],
  ["'s-Hertogenbosch", "'s-Hertogenbosch"],
  ["O'Hara - x", "O'Hara - x"],
])('the cell %j of a file was %j', (cell, text) => {
  expect(csvLine([text])).toBe(csvLine([cell]))
  expect(withoutApostrophes(cell)).toBe(text)
})

test('the reading of a file that these tests rely on sees formulas', () => {
  expect(formulasIn('x,=1\r\n')).toContain('=1')
  expect(formulasIn('"x;=1;y",+12145550101\r\n')).toContain('=1')
  expect(formulasIn('+12145550101,x\r\n')).toEqual([])
})
