/** Deepest nesting accepted; the app's own bodies have two levels. */
const DEPTH = 8

const TOKEN = /[{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+/g

/** Undefined for what is no JSON or what parsers may read differently: duplicate keys, `__proto__`, deep nesting. */
export function parseStrictJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return hasPlainKeys(text) ? value : undefined
}

/** Takes text that is known to be JSON. */
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
