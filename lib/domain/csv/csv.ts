/** What a CSV file begins with: Excel takes it for UTF-8 only then. */
export const BYTE_ORDER_MARK = '\uFEFF'

/**
 * One cell after RFC 4180. A spreadsheet would execute what begins with = + - @, tab or CR, so such a cell gets a
 * leading apostrophe; a pure E.164 number (`+` and digits) is harmless and stays readable.
 */
function csvCell(text: string | null): string {
  if (text === null) return ''
  const safe = /^[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line of CSV with its CRLF; null is an empty cell. */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
