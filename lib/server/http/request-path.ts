/** Encoded separators, percent signs and controls: whoever decodes once more, or once less, sees another path. */
const AMBIGUOUS = /%(?:2f|5c|25|[01][\da-f]|7f)/i

/**
 * The path that a request target means, and its query: `/api/%2e%2E//sign-in?x` is `/sign-in` and `?x`.
 * Null for what is no path, or one that can be read in two ways.
 */
export function readTarget(target: string): { path: string; query: string } | null {
  const [written = '', ...rest] = target.split('?')
  if (!/^[/][!-~]*$/.test(written) || target.includes('#') || AMBIGUOUS.test(written)) return null
  try {
    decodeURIComponent(written)
  } catch {
    return null
  }
  const plain = written.replace(/%[\da-f]{2}/gi, (code) => {
    const char = String.fromCharCode(Number.parseInt(code.slice(1), 16))
    return /[\w.~-]/.test(char) ? char : code
  })
  const { pathname } = new URL(`http://host${plain.replace(/[\\/]+/g, '/')}`)
  return { path: pathname, query: rest.length > 0 ? `?${rest.join('?')}` : '' }
}
