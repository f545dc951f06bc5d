import fc from 'fast-check'
import { unzipSync } from 'fflate'
import readXlsxFile from 'read-excel-file/node'
import { expect, it } from 'vitest'
import { BYTE_ORDER_MARK, csvLine } from '@/lib/domain/csv/csv'
import { hostileText } from '@/lib/domain/csv/testing/spreadsheet'
import { csvRows } from './csv-rows'
import { xlsxOf } from './xlsx'

/** In chunks of a few bytes, which cut characters, quotes and line ends apart. */
function streamOf(file: string, size: number): ReadableStream<BufferSource> {
  const bytes = new TextEncoder().encode(file)
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + size))
      at += size
    },
  })
}

async function read(rows: readonly (readonly string[])[]) {
  const blob = await xlsxOf(streamOf(BYTE_ORDER_MARK + rows.map(csvLine).join(''), 1_000))
  const buffer = Buffer.from(await blob.arrayBuffer())
  const [sheet] = await readXlsxFile(buffer, { trim: false })
  return { cells: sheet?.data, parts: unzipSync(buffer) }
}

it('keeps each cell as text: the + of a number, leading zeros, dates, formulas and what XML reserves', async () => {
  const texts = ['+12145550101', '007', '2026-11-27', '1.5e3', 'TRUE', ' a ', '<b>&"x"', 'two\nlines', 'שלום', '😀']
  const others = ['=1+1', '=HYPERLINK("x")', '#N/A', '+1 (214) 555-0101', "'+12145550101", 'x;=1;y', "'s-Hertogenbosch"]
  const { cells, parts } = await read([texts, others])
  expect(cells?.[0]).toEqual(texts)
  expect(cells?.[1]?.slice(0, others.length)).toEqual(others)
  const sheet = new TextDecoder().decode(parts['xl/sheet.xml'])
  expect(sheet.match(/<c [^>]*>/g)?.filter((cell) => !cell.includes('t="inlineStr"'))).toEqual([])
  expect(sheet).not.toContain('<f>')
})

it('leaves an empty cell out and the others in their columns, over many rows', async () => {
  const rows = Array.from({ length: 1_000 }, (_, row) => [`+1214555${row}`, '', `note ${row}`])
  const { cells } = await read(rows)
  expect(cells).toEqual(rows.map(([number, , note]) => [number, null, note]))
})

it('has each cell as it was before the CSV file, but for an apostrophe that the file has with or without it', async () => {
  const file = fc.array(fc.array(hostileText, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })
  const same = fc.asyncProperty(file, async (rows) => {
    const { cells = [] } = await read(rows)
    for (const [row, texts] of rows.entries())
      for (const [column, text] of texts.entries()) {
        const cell = String(cells[row]?.[column] ?? '')
        const isAmbiguous = text.includes("'") && csvLine([cell]) === csvLine([text])
        if (!isAmbiguous) expect(cell).toBe(text)
      }
  })
  await fc.assert(same)
})

it('reads what csvLine wrote, wherever the stream is cut', async () => {
  const file = fc.array(fc.array(hostileText, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })
  const both = fc.asyncProperty(file, fc.integer({ min: 1, max: 9 }), async (rows, size) => {
    const lines = rows.map(csvLine)
    const back: string[] = []
    for await (const cells of csvRows(streamOf(lines.join(''), size))) back.push(csvLine(cells))
    // What is neutralised once stays as it is.
    expect(back).toEqual(lines)
  })
  await fc.assert(both)
})
