import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { BadTable, parseFile, parsePasted } from './parse-table'
import { MOST_ROWS } from './table-problem'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof BadTable ? error.problem : error),
  )

async function workbook(rows: readonly (readonly (string | number | Date | null)[])[]): Promise<Uint8Array> {
  const cells = rows.map((row) =>
    row.map((value) => value && { value, ...(value instanceof Date && { format: 'yyyy-mm-dd' }) }),
  )
  return new Uint8Array(await writeXlsxFile(cells).toBuffer())
}

describe('a file is read into rows of text', () => {
  test.each([
    ['commas', 'Name,Phone\r\n"Ford, Al",+12145550101\r\n', [['Name', 'Phone'], ['Ford, Al', '+12145550101'], ['']]],
    [
      'semicolons',
      '\ufeffName;Phone\nZoë;+12145550101',
      [
        ['Name', 'Phone'],
        ['Zoë', '+12145550101'],
      ],
    ],
    ['tabs', 'Name\tPhone\n\nA\t1', [['Name', 'Phone'], [''], ['A', '1']]],
    ['one column', '+12145550101\n+12145550102', [['+12145550101'], ['+12145550102']]],
  ])('with %s', async (_, text, rows) => expect(await parseFile(bytesOf(text))).toEqual(rows))

  test('in the code pages that Excel writes', async () => {
    const wide = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(new Uint16Array([...'Zoë\t1'].map((c) => c.charCodeAt(0))).buffer),
    ])
    expect(await parseFile(wide)).toEqual([['Zoë', '1']])
    expect(await parseFile(new Uint8Array([0x5a, 0xf6, 0x3b, 0x31]))).toEqual([['Zö', '1']])
  })

  test('also from a workbook, in which a number is its digits and an empty row stays', async () => {
    const bytes = await workbook([['Phone', null], [12125550104, 'x'], [], [new Date('2026-11-27T00:00:00Z'), 1.5]])
    expect(await parseFile(bytes)).toEqual([
      ['Phone', ''],
      ['12125550104', 'x'],
      ['', ''],
      ['2026-11-27', '1.5'],
    ])
  })

  test('also from a workbook that is large unpacked', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => [`Customer ${index}`, 12_125_550_000 + index])
    const table = await parseFile(await workbook(rows))
    expect([table.length, table.at(-1)]).toEqual([5_000, ['Customer 4999', '12125554999']])
  })
})

describe('a file that can’t be read says why', () => {
  test.each([
    ['text between quotes that never end', bytesOf('a,"b\nc,d\n'), 'open_quote'],
    ['what is no text', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0]), 'unreadable'],
    ['an archive that is cut off', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0]), 'unreadable'],
    ['an archive that is no workbook', zipSync({ 'a.txt': bytesOf('a') }), 'unreadable'],
    ['nothing', bytesOf(' \n\n'), 'no_rows'],
    ['more rows than are read', bytesOf('1\n'.repeat(MOST_ROWS + 1)), 'too_many_rows'],
    ['an archive that unpacks to very much', zipSync({ 'xl/a.xml': new Uint8Array(50_000_000) }), 'too_much'],
  ])('%s', async (_, bytes, problem) => expect(await problemOf(parseFile(bytes))).toBe(problem))
})

test.each([
  ['alone', 'Ford, Al\t+12145550101\n', [['Ford, Al', '+12145550101'], ['']]],
  ['and in quotation marks', '"two\nlines"\t1', [['two\nlines', '1']]],
  [
    'whatever a quotation mark means',
    '"5 pipe\t1\nx\t2',
    [
      ['"5 pipe', '1'],
      ['x', '2'],
    ],
  ],
])('pasted cells are between tabs %s', (_, text, rows) => expect(parsePasted(text)).toEqual(rows))
