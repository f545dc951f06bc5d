const PREFIX = 'numberdesk-tab-'

/** The session is over: nothing more is stored. */
let forgotten = false

/** Stores ids of the signed-in account in this tab, for a reload and other pages. They contain no line break. */
export function storeInTab(name: string, accountId: string, ids: Iterable<string>): void {
  if (forgotten) return
  try {
    const lines = [...ids]
    if (lines.length === 0) sessionStorage.removeItem(PREFIX + name)
    else sessionStorage.setItem(PREFIX + name, [accountId, ...lines].join('\n'))
  } catch {
    // Forbidden or full: they last as long as the page.
  }
}

/** The ids stored for this account; none on the server. `fits`: the form of an id. */
export function storedInTab(name: string, accountId: string, fits: RegExp): string[] {
  try {
    const [owner, ...ids] = sessionStorage.getItem(PREFIX + name)?.split('\n') ?? []
    return owner === accountId ? ids.filter((id) => fits.test(id)) : []
  } catch {
    return []
  }
}

/** Deletes everything when the session ends, whoever signs in next. */
export function forgetTab(): void {
  forgotten = true
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
  } catch {
    // Then nothing was stored either.
  }
}
