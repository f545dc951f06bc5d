export const FOLD_COOKIE = 'overview'
export const FOLDED = 'folded'
export const UNFOLDED = 'open'

export function isFolded(cookie: string | undefined): boolean {
  return cookie === FOLDED
}
