import * as z from 'zod/mini'

/** Units of the currency a month, as a decimal number: money is never stored as a float. */
const PRICE = /^\d{1,7}(?:\.\d{1,4})?$/
const priceSchema = z.string().check(z.regex(PRICE))

/** ISO 4217, as the runtime's ICU lists it. */
function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code)
}

/** ISO 3166-1 alpha-2, as rows have it. */
const COUNTRY = /^[A-Z]{2}$/

/** What a number costs a month, as a person stated it for the account: Vida states no price. */
export const pricesSchema = z.strictObject({
  currency: z.string().check(z.refine(isCurrency)),
  price: priceSchema,
  /** Other prices, by country. */
  byCountry: z.record(z.string().check(z.regex(COUNTRY)), priceSchema),
})
export type Prices = z.infer<typeof pricesSchema>

/** What the numbers of rows cost a month, in units of the currency. */
export function monthlyCost({ price, byCountry }: Prices, rows: readonly { country: string | null }[]): number {
  const others = new Map(Object.entries(byCountry))
  const counts = new Map<string, number>()
  for (const { country } of rows) counts.set(country ?? '', (counts.get(country ?? '') ?? 0) + 1)
  return [...counts].reduce((sum, [country, count]) => sum + count * Number(others.get(country) ?? price), 0)
}
