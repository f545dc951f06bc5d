import type { NumberRow } from './rows'

const COLUMNS: readonly [heading: string, cell: (row: NumberRow) => string | null][] = [
  ['Number', (row) => row.number],
  ['National form', (row) => row.national],
  ['Country', (row) => row.country],
  ['Agent account', (row) => row.holder.name],
  ['Agent account id', (row) => row.holder.id],
  ['Organization', (row) => row.holder.organizationName],
  ['Organization id', (row) => row.holder.organizationId],
  ['State', (row) => row.state],
  ['Cancelled at', (row) => row.endsAt],
  ['SMS', (row) => (row.sms === null ? null : row.sms ? 'yes' : 'no')],
  ['Provider', (row) => row.provider],
  ['Label', (row) => row.label],
]

/**
 * One cell after RFC 4180. A spreadsheet would execute what begins with = + - @, tab or CR, so such a cell gets a
 * leading apostrophe; a pure E.164 number (`+` and digits) is harmless and stays readable.
 */
export function csvCell(text: string | null): string {
  if (text === null) return ''
  const safe = /^[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The rows as CSV: UTF-8 with a byte-order mark (Excel needs it), CRLF after each line. */
export function numbersCsv(rows: readonly NumberRow[]): string {
  const lines = [COLUMNS.map(([heading]) => heading), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))]
  return `\uFEFF${lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('')}`
}
