import * as z from 'zod/mini'
import { PRICE, type Prices } from './prices'

const price = z.string().check(z.regex(PRICE))
const currency = z.string().check(z.refine((code) => Intl.supportedValuesOf('currency').includes(code)))
const country = z.string().check(z.regex(/^[A-Z]{2}$/))

/** Not in the file of what it describes: the list's page would load zod. */
export const pricesSchema = z.strictObject({
  currency,
  price,
  byCountry: z.record(country, price),
}) satisfies z.ZodMiniType<Prices>
