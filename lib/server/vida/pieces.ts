/** A value as JSON texts that are each quick to parse: the value without the entries of its lists, and those. */
export interface Pieces {
  outline: string
  /** `field` is null where the value is a list itself. */
  lists: { field: string | null; entries: string[] }[]
}

/** Characters. */
const PIECE = 64 * 1024
const LARGEST_PIECE = 256 * 1024

/** In one answer; no account, organization or reseller has as many entries of its own. */
const MOST_ENTRIES = 20_000

/** Null: it has too many entries, or something besides entries is large. */
export function cut(value: unknown): Pieces | null {
  const lists: Pieces['lists'] = []
  const emptied = (field: string | null, list: unknown[]) => {
    lists.push({ field, entries: piecesOf(list) })
    return []
  }
  let outline = value
  let count = 0
  if (Array.isArray(value)) {
    outline = emptied(null, value)
    count = value.length
  } else if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([field, inner]: [string, unknown]) => {
      if (!Array.isArray(inner)) return [field, inner]
      count += inner.length
      return [field, emptied(field, inner)]
    })
    outline = Object.fromEntries(fields)
  }
  const pieces = { outline: JSON.stringify(outline), lists }
  const texts = [pieces.outline, ...lists.flatMap(({ entries }) => entries)]
  return count > MOST_ENTRIES || texts.some(({ length }) => length > LARGEST_PIECE) ? null : pieces
}

function piecesOf(list: readonly unknown[]): string[] {
  const pieces: string[] = []
  let texts: string[] = []
  let length = 0
  const close = () => {
    pieces.push(`[${texts.join(',')}]`)
    texts = []
    length = 0
  }
  for (const entry of list) {
    const text = JSON.stringify(entry)
    if (texts.length > 0 && length + text.length > PIECE) close()
    texts.push(text)
    length += text.length
  }
  if (texts.length > 0) close()
  return pieces
}
