/** Texts of some `length` that a pattern or a library may need long for. */
export function hostilePastes(length: number): Record<string, string> {
  const dots = '12.34.'.repeat(330)
  return {
    'quotation marks between two letters': `a${'"'.repeat(length - 2)}b`,
    'one line of dots and digits': '12.34.'.repeat(length / 6),
    'lines of dots and digits': `${dots}\n`.repeat(length / (dots.length + 1)),
    'plus signs': '+'.repeat(length),
    parentheses: '('.repeat(length),
    'spaces between two letters': `a${' '.repeat(length - 2)}b`,
    'one line of digits': '2'.repeat(length),
    'lines of one character': 'a\n'.repeat(length / 2),
    commas: ','.repeat(length),
  }
}

const BATCH_BYTES = 800_000

/** Bodies of `POST /api/batches` with a limit of 5,000 numbers that are expensive to parse or to check. */
export const HOSTILE_BODIES: Readonly<Record<string, string>> = {
  'empty objects': `{"returns":[${'{},'.repeat(BATCH_BYTES / 3)}{}],"note":null}`,
  'numbers in a list': `{"returns":[${'1,'.repeat(BATCH_BYTES / 2)}1],"note":null}`,
  'open brackets': '['.repeat(BATCH_BYTES),
  'many keys': `{${Array.from({ length: BATCH_BYTES / 12 }, (_, index) => `"k${index}":1`).join(',')}}`,
  'a note of escapes': `{"returns":[],"note":"${'\\"'.repeat(BATCH_BYTES / 2)}"}`,
}
