'use client'

const KEY = 'numberdesk-unsent'

/** A return that came after the session's end, for this tab's sign-in page. Not in the address, which is logged. */
export function storeUnsent(number: string): void {
  try {
    sessionStorage.setItem(KEY, number)
  } catch {
    // Forbidden or full: the page says only that the session has ended.
  }
}

/** The stored number (E.164), once. */
export function takeUnsent(): string | null {
  try {
    const number = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    return number
  } catch {
    return null
  }
}
