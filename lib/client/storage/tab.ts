const PREFIX = 'numberdesk-tab-'

/** Signed out, or about to be: what this document still holds is not kept any more. */
let forgotten = false

/**
 * Keeps ids in this tab, for a reload and for other pages of the app. They are the signed-in account's: under another they
 * are not there, nor after the session (`forgetTab`). `ids` have no line break in them.
 */
export function storeInTab(name: string, accountId: string, ids: Iterable<string>): void {
  if (forgotten) return
  try {
    const lines = [...ids]
    if (lines.length === 0) sessionStorage.removeItem(PREFIX + name)
    else sessionStorage.setItem(PREFIX + name, [accountId, ...lines].join('\n'))
  } catch {
    // Forbidden or full: then they last as long as the page.
  }
}

/** What this tab kept for this account; nothing on the server. `fits`: what an id looks like; others were not written by this app. */
export function storedInTab(name: string, accountId: string, fits: RegExp): string[] {
  try {
    const [whose, ...ids] = sessionStorage.getItem(PREFIX + name)?.split('\n') ?? []
    return whose === accountId ? ids.filter((id) => fits.test(id)) : []
  } catch {
    return []
  }
}

/** The session is over, whoever signs in next, and this document goes with it: it keeps nothing more. */
export function forgetTab(): void {
  forgotten = true
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
  } catch {
    // Then nothing was kept either.
  }
}
