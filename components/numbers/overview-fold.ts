export const FOLD_COOKIE = 'overview'
export const FOLDED = 'folded'
export const UNFOLDED = 'open'

/** Whether the person folded the overview in this browser. */
export function isFolded(cookie: string | undefined): boolean {
  return cookie === FOLDED
}
