/** Spaces of any width and apostrophes, with which some places part thousands. */
const same = (text: string) => text.trim().replace(/\s/g, ' ').replace(/[’']/g, '’')

/**
 * Whether what was typed is this count: in digits alone, with commas, or as it is `written` where the person is, whatever space
 * or apostrophe the keyboard has.
 */
export function isTypedCount(typed: string, count: number, written: string): boolean {
  return [String(count), count.toLocaleString('en'), written].some((way) => same(way) === same(typed))
}
