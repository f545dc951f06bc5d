import fc from 'fast-check'

/** The cells of a file as a lenient spreadsheet reads it: quotes count only where a cell begins with one. */
function cellsOf(file: string, separator: string, quotes: boolean): string[] {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < file.length; at += 1) {
    const character = file.charAt(at)
    if (quoted && character === '"' && file[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (quoted && character === '"') quoted = false
    else if (quotes && !quoted && cell === '' && character === '"') quoted = true
    else if (!quoted && [separator, '\r', '\n'].includes(character)) {
      cells.push(cell)
      cell = ''
    } else cell += character
  }
  return [...cells, cell]
}

/** What a spreadsheet that splits at `,`, `;` or tab would execute; a number is a cell, or begins a line of commas. */
export function formulasIn(file: string): string[] {
  const ways = [',', ';', '\t'].flatMap((separator) => [
    cellsOf(file, separator, true),
    cellsOf(file, separator, false),
  ])
  // Without quotes, commas within texts would separate, which no spreadsheet does.
  const [byCommas = [], , ...others] = ways
  const begins = (cell: string) => /^[=+\-@]/.test(cell.normalize('NFKC').replace(/^[\s\p{C}\p{DI}"]+/u, ''))
  return [
    ...byCommas.filter((cell) => begins(cell) && !/^\+\d+$/.test(cell)),
    ...others.flat().filter((cell) => begins(cell) && !/^\+\d+(?:,|$)/.test(cell)),
  ]
}

const pieces = [...'=+-@＝＋－＠﹢;\t\r\n,"\' 1xל', '\u200b', '\u200e', '\u00ad', '\u3164', '\u00a0', '+12145550101']

/** Texts that somebody may have chosen to be executed. */
export const hostileText = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''))
