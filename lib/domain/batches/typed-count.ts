/** Some locales separate thousands by spaces of any width, or by apostrophes. */
const same = (text: string) => text.trim().replace(/\s/g, ' ').replace(/[’']/g, '’')

/** Accepts digits alone, with commas, or as `written` in the person's locale. */
export function isTypedCount(typed: string, count: number, written: string): boolean {
  return [String(count), count.toLocaleString('en'), written].some((form) => same(form) === same(typed))
}
