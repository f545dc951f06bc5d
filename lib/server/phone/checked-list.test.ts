import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkLines, entriesOf, restOfLines } from '@/lib/domain/batches/check'
import { columnOf, columnText, findColumn, type Table } from '@/lib/domain/batches/table'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'
import { readPasted } from './pasted'

const NOTHING = joinInventory(null, EMPTY_STATE)

async function checked(table: Table) {
  const column = columnOf(table, findColumn(table))
  const { entries } = await readPasted(columnText(column), 'US')
  const sources = { inventory: NOTHING, obstacle: () => null, latest: new Map() }
  return [...checkLines(entriesOf(column, entries), sources)]
}

test('every long run of digits of a pasted text is in exactly one line, with the number of its line', async () => {
  const run = fc.integer({ min: 100_000, max: 999_999_999_999 }).map(String)
  const between = fc.constantFrom(' and ', ', ', ' ext 5 ', ' / ', '+', 'x', ' Total ', 'Phone ')
  const line = fc.array(fc.tuple(between, run), { maxLength: 3 }).map((pieces) => pieces.flat().join(''))
  const heading = fc.constantFrom('', 'Phone', 'Total 3', 'Front desk')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(line, heading), { maxLength: 8 }), async (lines) => {
      const found = await checked(lines.map((text) => [text]))
      const runs = (text: string) => text.match(/\d{6,}/g) ?? []
      expect(found.flatMap((each) => runs(each.text).map((digits) => [each.line, digits]))).toEqual(
        lines.flatMap((text, index) => runs(text).map((digits) => [index + 1, digits])),
      )
    }),
    { numRuns: 300 },
  )
})

test('a heading, a total and an empty cell are lines of their own, which no server reads', async () => {
  const table = [
    ['Customer', 'Phone'],
    ['Alder', '+12145550101'],
    ['Birch', ''],
    ['Cedar', 'call 214-555-0102 or 214-555-0103'],
    ['Total', '3'],
  ]
  expect((await checked(table)).map(({ line, text, status }) => [line, text, status])).toEqual([
    [1, 'Phone', 'not_a_number'],
    [2, '+12145550101', 'not_found'],
    [3, 'Birch', 'not_a_number'],
    [4, '214-555-0102', 'not_found'],
    [4, '214-555-0103', 'not_found'],
    [5, '3', 'not_a_number'],
  ])
})

test.each([
  [[['+12145550101'], ['Total Fitness 2145550102']], '2145550102'],
  [
    [
      ['Alder', '+12145550101'],
      ['Total Wine', '555 0101'],
    ],
    '555 0101',
  ],
  [
    [
      ['Compte', 'Téléphone'],
      ['3000000001', '01.42.68.53.00'],
    ],
    '01.42.68.53.00',
  ],
])('the number of a customer called Total, or a dotted one, goes back with the rest', async (table, text) => {
  expect(restOfLines(await checked(table)).map((each) => [each.line, each.text])).toContainEqual([2, text])
})
