const marks = /\p{M}/gu
const notSearchable = /[^\p{L}\p{N}]/gu
const ascii = /^[\x20-\x7e]*$/
const notSearchableAscii = /[^0-9A-Za-z]+/g

/** Text as the search compares it: no case, no accents, no punctuation, no spaces; ß is ss. */
export function normalize(text: string): string {
  // The same in half the time, for the texts of 50,000 numbers.
  if (ascii.test(text)) return text.replace(notSearchableAscii, '').toLowerCase()
  const plain = text.normalize('NFKD').replace(marks, '').replace(notSearchable, '')
  return plain.toLowerCase().replaceAll('ß', 'ss')
}

/** How a text is normalized: as it stands, and with ä, ö and ü as ae, oe and ue if it has any. */
export function normalizedForms(text: string): string[] {
  const plain = normalize(text)
  if (ascii.test(text)) return [plain]
  const spelled = normalize(
    text.normalize('NFC').replace(/[äöü]/gi, (letter) => `${letter.normalize('NFD').charAt(0)}e`),
  )
  return spelled === plain ? [plain] : [plain, spelled]
}

/** Texts as one that is searched, each on lines of its own; null is an empty one. */
export function searchText(texts: readonly (string | null)[]): string {
  return texts
    .map((text) => (text === null || ascii.test(text) ? normalize(text ?? '') : normalizedForms(text).join('\n')))
    .join('\n')
}
