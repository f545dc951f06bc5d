import writeXlsxFile from 'write-excel-file/node'

export type CellValue = string | number | null

/** An XLSX file with one sheet, for a file field. */
export async function workbookOf(
  name: string,
  rows: readonly (readonly CellValue[])[],
): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const cells = rows.map((row) => row.map((value) => (value === null ? null : { value })))
  return {
    name,
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await writeXlsxFile(cells).toBuffer(),
  }
}
