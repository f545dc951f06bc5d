import { expect, it } from 'vitest'
import { monthlyCost, pricesSchema } from './prices'

const PRICES = { currency: 'USD', price: '2.00', byCountry: { GB: '3.5' } }

it.each([
  ['a currency that does not exist', { ...PRICES, currency: 'ABC' }],
  ['a currency in small letters', { ...PRICES, currency: 'usd' }],
  ['a price that is a number', { ...PRICES, price: 2 }],
  ['a negative price', { ...PRICES, price: '-2' }],
  ['a price with a comma', { ...PRICES, price: '2,00' }],
  ['an exponent', { ...PRICES, price: '1e3' }],
  ['a price that is too long', { ...PRICES, price: '12345678' }],
  ['a country that is no code', { ...PRICES, byCountry: { Britain: '1' } }],
  ['another price that is none', { ...PRICES, byCountry: { GB: '' } }],
  ['an unknown field', { ...PRICES, vat: '1' }],
])('does not take %s', (_what, prices) => {
  expect(pricesSchema.safeParse(PRICES).success).toBe(true)
  expect(pricesSchema.safeParse(prices).success).toBe(false)
})

it('adds the price of each number, of a country that has a price of its own by that one', () => {
  const rows = ['US', 'US', 'GB', null, 'toString'].map((country) => ({ country }))
  expect(monthlyCost(PRICES, rows)).toBe(2 + 2 + 3.5 + 2 + 2)
  expect(monthlyCost(PRICES, [])).toBe(0)
})
