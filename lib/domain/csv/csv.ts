/** Excel reads a CSV file as UTF-8 only with it. */
export const BYTE_ORDER_MARK = '\uFEFF'

/**
 * One cell by RFC 4180. A spreadsheet executes a cell that begins with = + - @, tab or CR, so it gets an apostrophe;
 * an E.164 number is harmless and stays as it is.
 */
function csvCell(text: string | null): string {
  if (text === null) return ''
  const safe = /^[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
