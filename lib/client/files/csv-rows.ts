/** Reads a CSV file as `lib/domain/csv` writes it (RFC 4180, UTF-8) row by row, while it arrives. */
export async function* csvRows(file: ReadableStream<BufferSource>): AsyncGenerator<string[]> {
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n)/y
  const reader = file.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  let row: string[] = []
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    text += chunk.value
    let end = 0
    for (let match = cell.exec(text); match; match = cell.exec(text)) {
      const [, quoted, plain = '', separator] = match
      row.push(quoted?.replaceAll('""', '"') ?? plain)
      end = cell.lastIndex
      if (separator === ',') continue
      yield row
      row = []
    }
    text = text.slice(end)
  }
}
