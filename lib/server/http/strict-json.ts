/** Deepest nesting that a request body may have; ours have two levels. */
const DEPTH = 8

const TOKEN = /[{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+/g

/**
 * Parses JSON, but not documents that mean different things to different readers: duplicate keys, `__proto__`, deep
 * nesting. Returns undefined for these and for what is not JSON.
 */
export function parseStrictJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return hasPlainKeys(text) ? value : undefined
}

/** Scans the tokens of a text that is known to be JSON and looks at the keys of each object. */
function hasPlainKeys(text: string): boolean {
  const open: (Set<string> | null)[] = []
  const tokens = text.match(TOKEN) ?? []
  for (const [index, token] of tokens.entries()) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null)
      if (open.length > DEPTH) return false
    } else if (token === '}' || token === ']') {
      open.pop()
    } else if (tokens[index + 1] === ':' && token.startsWith('"')) {
      const keys = open.at(-1)
      const key: unknown = JSON.parse(token)
      if (typeof key !== 'string' || key === '__proto__' || keys?.has(key)) return false
      keys?.add(key)
    }
  }
  return true
}
