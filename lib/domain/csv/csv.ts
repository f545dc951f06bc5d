/** Excel reads a CSV file as UTF-8 only with it. */
export const BYTE_ORDER_MARK = '\uFEFF'

/**
 * Where a cell begins, also for a spreadsheet that splits at `;` or tab and so ignores the quotes: in front of a
 * sign of a formula, in any width and behind what is not seen, or of a tab or CR. With the apostrophe that is there.
 */
const FORMULA = /(?<=^|[;\t\r\n])'?(?=(?:(?![;\t\r\n])[\s\p{C}\p{DI}"])*[=+\-@\uFE62\uFE63\uFE66\uFE6B＝＋－＠\t\r])/gu
const MAY_BEGIN_FORMULA = /^[^0-9A-Za-z(]|[;\t\r\n]/

/** An apostrophe keeps spreadsheets from executing formulas; an E.164 number needs none. */
function withApostrophes(text: string): string {
  return MAY_BEGIN_FORMULA.test(text) && !/^\+\d+$/.test(text) ? text.replace(FORMULA, "'") : text
}

/** The text of a cell before it was written. Of `=1` and `'=1`, which are one cell in the file, it is the first. */
export function withoutApostrophes(cell: string): string {
  const text = cell.replace(FORMULA, '')
  return withApostrophes(text) === cell ? text : cell
}

/** RFC 4180. */
function csvCell(text: string | null): string {
  if (text === null) return ''
  const safe = withApostrophes(text)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
