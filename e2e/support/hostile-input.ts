const LONGEST_PASTE = 400_000

/** Texts that a pattern or a library may need long for, of the greatest length that is taken. */
export const HOSTILE_PASTES: Readonly<Record<string, string>> = {
  'quotation marks between two letters': `a${'"'.repeat(LONGEST_PASTE - 2)}b`,
  'one line of dots and digits': '12.34.'.repeat(LONGEST_PASTE / 6),
  'lines of dots and digits': `${'12.34.'.repeat(330)}\n`.repeat(LONGEST_PASTE / 1_981),
  'plus signs': '+'.repeat(LONGEST_PASTE),
  parentheses: '('.repeat(LONGEST_PASTE),
  'spaces between two letters': `a${' '.repeat(LONGEST_PASTE - 2)}b`,
  'one line of digits': '2'.repeat(LONGEST_PASTE),
  'lines of one character': 'a\n'.repeat(LONGEST_PASTE / 2),
  commas: ','.repeat(LONGEST_PASTE),
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
