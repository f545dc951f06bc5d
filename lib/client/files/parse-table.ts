import { unzipSync, zipSync } from 'fflate'
import Papa from 'papaparse'
import { readSheet } from 'read-excel-file/universal'
import { MOST_ROWS, type TableProblem } from './table-problem'

/** Columns; what stands further to the right is left out. */
const MOST_COLUMNS = 50
/** Bytes of a workbook when it is unpacked. */
const UNPACKED = 40_000_000

export class BadTable extends Error {
  override readonly name = 'BadTable'
  readonly problem: TableProblem
  constructor(problem: TableProblem) {
    super(problem)
    this.problem = problem
  }
}

function within(rows: readonly (readonly unknown[])[], text: (cell: unknown) => string): string[][] {
  if (rows.length > MOST_ROWS) throw new BadTable('too_many_rows')
  const table = rows.map((row) => row.slice(0, MOST_COLUMNS).map(text))
  if (!table.some((row) => row.some((cell) => cell.trim() !== ''))) throw new BadTable('no_rows')
  return table
}

/** Empty lines would count as lines without any delimiter. */
const delimiterIn = (text: string) => Papa.parse(text, { preview: 50, skipEmptyLines: 'greedy' }).meta.delimiter

const LINE_ENDS = /\r\n|[\r\n]/

/** Lines of text with cells between tabs, as spreadsheets copy them. @throws BadTable */
export function parsePasted(text: string): string[][] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: '\t', preview: MOST_ROWS + 1 })
  // A quotation mark may also be one of inches.
  const isQuoted = errors.every(({ code }) => code !== 'MissingQuotes')
  return within(isQuoted ? data : text.split(LINE_ENDS).map((line) => line.split('\t')), String)
}

function decoded(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe
  const name = wide ? 'utf-16le' : 'utf-8'
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes)
  } catch {
    // Excel writes the CSV files of Western countries so.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function parseCsv(bytes: Uint8Array): string[][] {
  const text = decoded(bytes)
  if (text.includes('\0')) throw new BadTable('unreadable')
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: delimiterIn(text), preview: MOST_ROWS + 1 })
  if (errors.some(({ code }) => code === 'MissingQuotes')) throw new BadTable('open_quote')
  return within(data, String)
}

/**
 * Unpacks within bounds, and packs again without compression: the library would unpack large parts in workers of its
 * own, which the content security policy forbids, and as much as a file claims to hold.
 */
function unpacked(bytes: Uint8Array): ArrayBuffer {
  let size = 0
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!/\.(?:xml|rels)$/.test(name)) return false
      size += originalSize
      if (size > UNPACKED) throw new BadTable('too_much')
      return true
    },
  })
  return zipSync(files, { level: 0 }).slice().buffer
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)
}

/** Digits as digits: a spreadsheet may store 12125550104 as 1.2125550104E10. */
function plainNumber(text: string): string {
  const number = Number(text)
  return /e/i.test(text) && Number.isSafeInteger(number) ? String(number) : text
}

async function parseWorkbook(bytes: Uint8Array): Promise<string[][]> {
  try {
    return within(await readSheet(unpacked(bytes), { parseNumber: plainNumber }), cellText)
  } catch (error) {
    throw error instanceof BadTable ? error : new BadTable('unreadable')
  }
}

/** The rows of a CSV file, or of the first sheet of an XLSX file. @throws BadTable */
export async function parseFile(bytes: Uint8Array): Promise<string[][]> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  return isZip ? parseWorkbook(bytes) : parseCsv(bytes)
}
