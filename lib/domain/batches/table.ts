import { fold } from '@/lib/domain/text/normalize'
import { foldPhone, phoneDigits } from '@/lib/domain/text/phone'

/** Cells as text, a row for each line. A pasted text without tabs has one column. */
export type Table = readonly (readonly string[])[]

/** A line that stands for no number of its own. */
export type LineRole = 'header' | 'total' | 'empty'

const PHONE = /phone|telef|\btel\b|mobile|\bcell\b|msisdn|\bdd?i\b|\bdid\b|e\.?164|rufnummer/i
const NUMBER = /\bnumbers?\b|^nummer$/i
/** Numbers that are called a number and are none to call. */
const OTHER_NUMBER = /account|invoice|customer|client|order|ticket|contract|serial|reference|item|line|row|id\b/i
const TOTAL = /^\W*(?:grand\W*|sub\W*)?(?:totals?|totaal|totale|sum|summe|gesamt|insgesamt)\b/i
/** One decimal sign, groups of three digits or none, and words or a currency around it. */
const AMOUNT = /^[^\d+]*(?:\d+[.,]|\d{1,3}(?:[ ,'’]\d{3})+\.|\d{1,3}(?:[ .'’]\d{3})+,)\d{1,2}\D*$/
const DATE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/

function namesNumbers(cell: string): boolean {
  const name = fold(cell)
  return PHONE.test(name) || (NUMBER.test(name) && !OTHER_NUMBER.test(name))
}

/** Six digits or more that are no amount. The server says what they are, whatever stands beside them. */
function hasLongNumber(cell: string): boolean {
  const text = foldPhone(cell)
  return text.replace(/\D/g, '').length >= 6 && !AMOUNT.test(text)
}

/** 1: certainly a number; a half: as long as a national one; 0: none. The server alone reads it. */
function likeNumber(cell: string): number {
  const text = foldPhone(cell.trim().slice(0, 40))
  if (AMOUNT.test(text) || DATE.test(text)) return 0
  const read = phoneDigits(text)
  if (read === null || read.digits.length < 7 || read.digits.length > 16) return 0
  return read.plus || read.digits.length >= 10 ? 1 : 0.5
}

/** Rows that are looked at to find the column of numbers. */
const SAMPLE = 500

function widthOf(table: Table): number {
  return table.reduce((width, row) => Math.max(width, row.length), 0)
}

/** The column with most cells that read as numbers; one whose heading names phone numbers goes first. */
export function findColumn(table: Table): number {
  const sample = table.slice(0, SAMPLE)
  const scores = Array.from({ length: widthOf(sample) }, (_, column) => {
    const cells = sample.map((row) => row[column] ?? '')
    const alike = cells.reduce((sum, cell) => sum + likeNumber(cell), 0)
    const isNamed = cells.some((cell) => namesNumbers(cell) && !/\d/.test(cell.replace(/e\.?164/i, '')))
    return alike > 0 && isNamed ? alike + sample.length : alike
  })
  return Math.max(0, scores.indexOf(Math.max(...scores)))
}

const hasDigits = (text: string) => /\d/.test(text)
const isBlank = (row: readonly string[]) => row.every((cell) => cell.trim() === '')

/** How many rows from the top are a title or the heading: they end with what names numbers, or are one of words alone. */
function headerLength(table: Table, column: number): number {
  const first = table.findIndex((row) => hasDigits((row[column] ?? '').replace(/e\.?164/i, '')))
  const top = first < 0 ? table.slice(0, 1) : table.slice(0, first)
  const named = top.findLastIndex((row) => namesNumbers(row[column] ?? ''))
  if (named >= 0) return named + 1
  const words = top.findIndex((row) => !isBlank(row))
  const isWords = words >= 0 && first > words && widthOf(table) > 1
  const cells = table[words] ?? []
  return isWords && (cells[column] ?? '').trim().length > 3 && !cells.some(hasDigits) ? words + 1 : 0
}

/** The column of a table that is read as numbers. */
export interface Column {
  table: Table
  column: number
  /** By line, from 1. Lines that are not in it have a number to be read, or nothing at all. */
  roles: ReadonlyMap<number, LineRole>
}

export function columnOf(table: Table, column: number): Column {
  const roles = new Map<number, LineRole>()
  const headers = headerLength(table, column)
  for (const [index, row] of table.entries()) {
    const cell = row[column] ?? ''
    if (isBlank(row) || hasLongNumber(cell)) continue
    if (index < headers) roles.set(index + 1, 'header')
    else if (row.some((each) => TOTAL.test(each))) roles.set(index + 1, 'total')
    else if (cell.trim() === '') roles.set(index + 1, 'empty')
  }
  return { table, column, roles }
}

/** What stands in a line that has a role: its cell, or the whole row if that is empty. */
export function textOfLine(table: Table, column: number, line: number): string {
  const row = table[line - 1] ?? []
  const cell = (row[column] ?? '').trim()
  return cell === '' ? row.filter((each) => each.trim() !== '').join(' ') : cell
}

/** The cells of the column that are to be read, each in its line. */
export function columnText({ table, column, roles }: Column): string {
  return table
    .map((row, index) => (roles.has(index + 1) ? '' : (row[column] ?? '').replace(/[\r\n]+/g, ' ').trim()))
    .join('\n')
}

function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last
}

/** “B: Phone number”, as a person knows it from the sheet. `column`: the one with the numbers, which has a heading. */
export function columnNames(table: Table, column: number): string[] {
  const headers = table.slice(0, headerLength(table, column))
  return Array.from({ length: widthOf(table) }, (_, index) => {
    const name = headers.map((row) => (row[index] ?? '').trim()).findLast((cell) => cell !== '')
    return name === undefined ? `Column ${letters(index)}` : `${letters(index)}: ${name.slice(0, 40)}`
  })
}
