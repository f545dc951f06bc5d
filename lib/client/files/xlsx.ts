import { strToU8, Zip, ZipDeflate } from 'fflate'
import { nextTask } from '@/lib/client/fetch/next-task'
import { withoutApostrophes } from '@/lib/domain/csv/csv'
import { csvRows } from './csv-rows'

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** ECMA-376, part 1: the parts of a workbook of one sheet, whose cells all have the format *Text* (49). */
const PARTS = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/xl/sheet.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><sheets><sheet name="Numberdesk" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${LINKS}/worksheet" Target="sheet.xml"/><Relationship Id="rId2" Type="${LINKS}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf numFmtId="49" applyNumberFormat="1" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
}
const SHEET_BEGIN = `<worksheet xmlns="${MAIN}"><sheetFormatPr defaultColWidth="20" defaultRowHeight="15"/><sheetData>`
const SHEET_END = '</sheetData></worksheet>'

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }
const NOT_IN_XML = /[^\t\n\r\x20-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

function cellXml(text: string, column: number, row: number): string {
  if (text === '') return ''
  const escaped = withoutApostrophes(text)
    .replace(NOT_IN_XML, '')
    .replace(/[&<>\r]/g, (character) => ESCAPED[character] ?? '')
  // No file of ours has more than 26 columns.
  const place = `${String.fromCharCode(65 + column)}${row}`
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped}</t></is></c>`
}

/** So few that no turn of the event loop takes over 50 ms. */
const ROWS_A_TURN = 100

/**
 * The cells of a CSV file (`lib/domain/csv`) as a spreadsheet: each is text, so that a number keeps its `+` and none is
 * a formula, even without the apostrophe that it has in the file.
 */
export async function xlsxOf(csv: ReadableStream<BufferSource>): Promise<Blob> {
  const chunks: BlobPart[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    chunks.push(new Uint8Array(chunk))
  })
  const part = (name: string) => {
    const file = new ZipDeflate(name)
    zip.add(file)
    return file
  }
  for (const [name, xml] of Object.entries(PARTS)) part(name).push(strToU8(xml), true)
  const sheet = part('xl/sheet.xml')
  let xml: string = SHEET_BEGIN
  let row = 0
  for await (const cells of csvRows(csv)) {
    row += 1
    xml += `<row r="${row}">${cells.map((text, column) => cellXml(text, column, row)).join('')}</row>`
    if (row % ROWS_A_TURN > 0) continue
    sheet.push(strToU8(xml))
    xml = ''
    await nextTask()
  }
  sheet.push(strToU8(xml + SHEET_END), true)
  zip.end()
  return new Blob(chunks, { type: `${TYPE}.sheet` })
}
