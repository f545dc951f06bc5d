/** Excel reads a CSV file as UTF-8 only with it. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** RFC 4180. An apostrophe keeps spreadsheets from executing = + - @, tab or CR; an E.164 number needs none. */
function csvCell(text: string | null): string {
  if (text === null) return ''
  const safe = /^[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
