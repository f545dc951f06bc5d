'use client'

const KEY = 'numberdesk-unsent'

/** Keeps for the sign-in page of this tab that a return was pressed too late. Not in its address: that is kept and logged. */
export function keepUnsent(number: string): void {
  try {
    sessionStorage.setItem(KEY, number)
  } catch {
    // Forbidden or full: the page then says only that the session has ended.
  }
}

/** The number (E.164) that was kept, once; null: none. */
export function takeUnsent(): string | null {
  try {
    const number = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    return number
  } catch {
    return null
  }
}
