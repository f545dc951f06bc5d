const HOME = '/numbers'
/** Any origin: a target that leaves it is not a path of this app. */
const BASE = 'https://numberdesk.invalid'

function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 32 || code === 127) return true
  }
  return false
}

/** Removes every layer of percent-encoding; null: malformed, or too many layers. */
function fullyDecoded(text: string): string | null {
  let current = text
  for (let layer = 0; layer < 5; layer += 1) {
    let decoded: string
    try {
      decoded = decodeURIComponent(current)
    } catch {
      return null
    }
    if (decoded === current) return current
    current = decoded
  }
  return null
}

const LONGEST = 2000

/** `value` if it is a path of this app, without its query if that is too long, else `/numbers`: browsers take `//x`, `/\x` or `/%2F/x` to another origin. */
export function safeNext(value: string | null | undefined): string {
  if (!value?.startsWith('/') || hasControlCharacter(value)) return HOME
  const [path = ''] = value.split(/[?#]/, 1)
  if (path.length > LONGEST) return HOME
  if (value.length > LONGEST) return safeNext(path)
  const decoded = fullyDecoded(path)
  if (decoded === null || decoded.includes('\\') || decoded.includes('//') || hasControlCharacter(decoded)) return HOME
  if (value.includes('\\') || !URL.canParse(value, BASE)) return HOME
  const url = new URL(value, BASE)
  if (url.origin !== BASE) return HOME
  const page = url.pathname
  if (page === '/' || page.startsWith('/api/') || page === '/api' || page.startsWith('/sign-in')) return HOME
  return `${url.pathname}${url.search}${url.hash}`
}

export function signInPath(from: string, { ended = false } = {}): string {
  const query = new URLSearchParams()
  if (ended) query.set('ended', '1')
  const next = safeNext(from)
  if (next !== HOME) query.set('next', next)
  const text = query.toString()
  return text ? `/sign-in?${text}` : '/sign-in'
}

/** @param params Next's `searchParams`. */
export function pathWithQuery(path: string, params: Readonly<Record<string, string | string[] | undefined>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) query.append(name, each)
  }
  const text = query.toString()
  return text ? `${path}?${text}` : path
}
