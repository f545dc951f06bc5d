import { expect, test } from 'vitest'
import { nearNumbers, typedWhole } from './near'

const DALLAS = '+12125550104'
const LONDON = '+442079460018'
const rows = [DALLAS, '+13125559999', LONDON].map((number) => ({ number }))
const near = (query: string) => {
  const typed = typedWhole(query)
  return typed && nearNumbers(typed, rows)
}

test.each([
  ['a digit is missing', '212555010'],
  ['a digit is missing in the middle', '+1 212 555 014'],
  ['a digit is wrong', '(212) 555-0105'],
  ['a digit is too many', '+121255501044'],
  ['two digits are swapped', '2125550140'],
  ['a letter O stands for a zero', '+1212555O104'],
  ['a digit is wrong, in another script', '٢١٢٥٥٥٠١٠٥'],
])('the listed number is near where %s', (_, query) => expect(near(query)).toEqual([DALLAS]))

test.each(['020 7946 0019', '0044 20 7946 0019', '011 44 20 7946 001', '+44 (0)20 7946 018'])(
  'of a number as it is dialled, too: %s',
  (query) => expect(near(query)).toEqual([LONDON]),
)

test('nothing is near where two digits differ, or where the number is listed itself', () => {
  expect(near('2125550115')).toEqual([])
  expect(near('2125550104')).toEqual([])
})

test('words, several numbers and fewer digits than a number has are no number', () => {
  for (const query of ['', 'desk 2125550104', '212555', `${DALLAS}, ${LONDON}`, `${DALLAS} ${LONDON}`])
    expect(typedWhole(query)).toBeNull()
})

test('three numbers are offered at most, each once', () => {
  const many = Array.from({ length: 9 }, (_, index) => ({ number: `+1212555010${index}` }))
  const typed = typedWhole('212555010')
  expect(typed && nearNumbers(typed, [...many, ...many])).toEqual(['+12125550100', '+12125550101', '+12125550102'])
})
