import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnNames, columnOf, columnText, findColumn, type Table, textOfLine } from './table'

const FINANCE: Table = [
  ['Numbers to cancel', '', '', ''],
  [''],
  ['Customer', 'Account number', 'Phone', 'Amount'],
  ['Alder', '30000001', '+12145550101', '1234567.50'],
  ['Birch', '30000002', '#N/A', '2,00'],
  ['Cedar', '30000003', '', '3.00'],
  ['Subtotal', '', '3', '6.00'],
  ['Dogwood', '30000004', '214 555 0104', '4.00'],
  ['Grand total', '', '4', '1000.00'],
]

describe('the column of numbers', () => {
  test('is the one whose heading names phones, though another one has more that look like numbers', () => {
    expect(findColumn(FINANCE)).toBe(2)
  })

  test.each([
    [
      'the one with most numbers',
      [
        ['a', '2145550101', '1'],
        ['b', '2145550102', '2145550103'],
      ],
      1,
    ],
    [
      'not the one with account numbers',
      [
        ['30000001', '+12145550101'],
        ['30000002', '+12145550102'],
      ],
      1,
    ],
    [
      'not the one with dates',
      [
        ['2026-11-27', '2145550101'],
        ['11/27/2026', '2145550102'],
      ],
      1,
    ],
    [
      'the one with dotted numbers, beside account numbers of ten digits',
      [
        ['Compte', 'Téléphone'],
        ['3000000001', '01.42.68.53.00'],
        ['3000000002', '01.42.68.53.01'],
      ],
      1,
    ],
    [
      'the one that names phones with an accent',
      [
        ['Compte', 'Tél.'],
        ['3000000001', '01 42 68 53 00'],
      ],
      1,
    ],
    [
      'not the one with amounts',
      [
        ['1234567.50', '555 0101'],
        ['-1\u00a0234\u00a0567.5', '555 0102'],
      ],
      1,
    ],
    [
      'not a heading without any number',
      [
        ['Phone', 'x'],
        ['none', '2145550101'],
      ],
      1,
    ],
    ['the first one where there is none', [['a', 'b']], 0],
    ['the only one', [], 0],
  ] as const)('is %s', (_, table, column) => expect(findColumn(table)).toBe(column))
})

describe('the lines that stand for no number', () => {
  test('are the title, the heading, totals, and lines whose cell is empty', () => {
    expect([...columnOf(FINANCE, 2).roles]).toEqual([
      [1, 'header'],
      [3, 'header'],
      [6, 'empty'],
      [7, 'total'],
      [9, 'total'],
    ])
    expect(textOfLine(FINANCE, 2, 1)).toBe('Numbers to cancel')
    expect(textOfLine(FINANCE, 2, 6)).toBe('Cedar 30000003 3.00')
  })

  test.each([
    [
      'a heading of words in a table',
      [
        ['Customer', 'Contact'],
        ['Alder', '+12145550101'],
      ],
      [[1, 'header']],
    ],
    [
      'a heading over pasted lines',
      [['Phone numbers'], ['+12145550101'], ['Total: 1']],
      [
        [1, 'header'],
        [3, 'total'],
      ],
    ],
    ['no words among pasted lines', [['Front desk'], ['+12145550101']], []],
    [
      'no number in the first row',
      [
        ['Alder', '+12145550101'],
        ['Birch', '+12145550102'],
      ],
      [],
    ],
    [
      'no broken cell in the first row',
      [
        ['Alder 1', 'n/a'],
        ['Birch 2', '+12145550102'],
      ],
      [],
    ],
    ['no total that is a number', [['Total', '+12145550101']], []],
    [
      'nothing without numbers',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      [],
    ],
  ] as const)('are %s', (_, table, roles) => {
    expect([...columnOf(table, findColumn(table)).roles]).toEqual(roles)
  })
})

test.each([
  [['Total Fitness 2145550101'], 0],
  [['Total Wine', '555 0101'], 1],
  [['Total Energies', '01.42.68.53.00'], 1],
  [['Sum', '(214) 555.01'], 1],
  [['Phone ٢١٤٥٥٥٠١٠١'], 0],
])('the line %j has a long number in its column %i, so that it is neither a header nor a total', (row, column) => {
  expect([...columnOf([row], column).roles]).toEqual([])
})

test.each([
  '418.5',
  '1234567.50',
  '-1234567,5',
  '$1,234,567.50',
  '1.234.567,50 €',
  '1 234 567,50 EUR',
  '1’234’567.50',
  '(1,234,567.50)',
  '12,345',
])('the total %s is one, alone or in its line', (amount) => {
  expect([...columnOf([['Total', amount]], 1).roles]).toEqual([[1, 'total']])
  expect([...columnOf([[`Total: ${amount}`]], 0).roles]).toEqual([[1, 'total']])
})

test('the columns are called as the sheet calls them', () => {
  expect(columnNames(FINANCE, 2)).toEqual(['A: Customer', 'B: Account number', 'C: Phone', 'D: Amount'])
  expect(columnNames([['1', '2']], 0)).toEqual(['Column A', 'Column B'])
  expect(columnNames([Array.from({ length: 28 }, () => '')], 0).at(-1)).toBe('Column AB')
})

test('every long run of digits of the column of any table is read, whatever else its line says', () => {
  const cell = fc.oneof(
    fc.integer({ min: 100_000, max: 99_999_999_999 }).map(String),
    fc.constantFrom(
      '',
      'Total',
      'Total 2145550101',
      'Total Fitness 2145550101',
      'Sum',
      '3',
      'Phone number',
      'Phone 2145550101',
      'Alder',
      '+12145550101\n2145550102',
    ),
  )
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), { maxLength: 8 }), (table) => {
      const column = findColumn(table)
      const { roles } = columnOf(table, column)
      const read = columnText(columnOf(table, column)).split('\n')
      for (const [index, row] of table.entries()) {
        const runs = (text = '') => text.match(/\d{6,}/g) ?? []
        expect(runs(read[index])).toEqual(runs(row[column]))
        expect(roles.has(index + 1) && read[index] !== '').toBe(false)
      }
    }),
  )
})
