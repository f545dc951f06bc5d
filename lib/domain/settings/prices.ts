/** What a number costs a month, as a person stated it for the account: Vida states no price. */
export interface Prices {
  /** ISO 4217. */
  currency: string
  /** Units of the currency as a decimal number: money is never stored as a float. */
  price: string
  /** Other prices, by country (ISO 3166-1 alpha-2). */
  byCountry: Record<string, string>
}

export const PRICE = /^\d{1,7}(?:\.\d{1,4})?$/

/** What the numbers of rows cost a month, in units of the currency. */
export function monthlyCost({ price, byCountry }: Prices, rows: readonly { country: string | null }[]): number {
  const others = new Map(Object.entries(byCountry))
  const counts = new Map<string, number>()
  for (const { country } of rows) counts.set(country ?? '', (counts.get(country ?? '') ?? 0) + 1)
  return [...counts].reduce((sum, [country, count]) => sum + count * Number(others.get(country) ?? price), 0)
}
