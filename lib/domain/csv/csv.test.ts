import { expect, test } from 'vitest'
import { csvLine } from './csv'

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
