/** Deepest nesting accepted; the app's own bodies have two levels. */
const DEPTH = 8

/** Objects, arrays and commas accepted; a batch of 5,000 has 15,000. To parse and to check a million takes a second. */
const MOST_PARTS = 20_000

/** Undefined for what is no JSON or what parsers may read differently: duplicate keys, `__proto__`, deep nesting. */
export function parseStrictJson(text: string): unknown {
  try {
    // First, because it is linear, and ends before there is too much to parse.
    return isPlain(text) ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** Of text that is JSON. @throws SyntaxError for some that is not */
function isPlain(text: string): boolean {
  const open: (Set<string> | null)[] = []
  let parts = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '"') {
      const end = endOfString(text, at)
      if (open.at(-1) && isKey(text, end) && !addKey(open.at(-1), text.slice(at, end))) return false
      at = end - 1
    } else if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null)
      if (open.length > DEPTH) return false
      parts += 1
    } else if (char === '}' || char === ']') open.pop()
    else if (char === ',') parts += 1
    if (parts > MOST_PARTS) return false
  }
  return true
}

/** The index behind the closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function isKey(text: string, from: number): boolean {
  let at = from
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at += 1
  return text[at] === ':'
}

function addKey(keys: Set<string> | null | undefined, quoted: string): boolean {
  const key: unknown = quoted.includes('\\') ? JSON.parse(quoted) : quoted.slice(1, -1)
  if (typeof key !== 'string' || key === '__proto__' || keys?.has(key)) return false
  keys?.add(key)
  return true
}
