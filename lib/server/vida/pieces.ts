/** A value as JSON texts that are each quick to parse: the value without the entries of its lists, and those. */
export interface Pieces {
  outline: string
  /** `path`: the fields that lead to the list; none where the value is a list itself. */
  lists: { path: string[]; entries: string[] }[]
}

/** Characters. */
const PIECE = 64 * 1024
const LARGEST_PIECE = 256 * 1024

/** In one answer; no account, organization or reseller has as many entries of its own. */
const MOST_ENTRIES = 20_000

/** Lists that lie deeper are part of the outline. */
const DEEPEST = 2

/** Null: it has too many entries, or something besides entries is large. */
export function cut(value: unknown): Pieces | null {
  const lists: Pieces['lists'] = []
  let count = 0
  const outlined = (inner: unknown, path: string[]): unknown => {
    if (Array.isArray(inner)) {
      lists.push({ path, entries: piecesOf(inner) })
      count += inner.length
      return []
    }
    if (typeof inner !== 'object' || inner === null || path.length === DEEPEST) return inner
    return Object.fromEntries(Object.entries(inner).map(([field, each]) => [field, outlined(each, [...path, field])]))
  }
  const pieces = { outline: JSON.stringify(outlined(value, [])), lists }
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
