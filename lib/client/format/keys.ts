/** Only in the browser. */
export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}

/** Of alternatives like `Ctrl K` and `⌘ K`, those of this keyboard. */
export function ownKeys(keys: readonly string[]): string[] {
  return keys.filter((key) => !key.startsWith(isMac() ? 'Ctrl ' : '⌘ '))
}
