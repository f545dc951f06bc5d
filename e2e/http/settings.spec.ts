import { expect, test } from '../support/fixtures.ts'

interface Settings {
  prices: unknown
  code?: string
}

const PRICES = { currency: 'USD', price: '2.00', byCountry: { GB: '3.50' } }

test('what an account set is there for its other sessions, not for another account, and can be removed', async ({
  signIn,
  sandbox: { tokens },
}) => {
  const [client, colleague, stranger] = [await signIn(), await signIn(), await signIn(tokens.partner)]
  const pricesOf = async ({ get }: typeof client) => (await get<Settings>('/api/settings')).body.prices
  expect(await pricesOf(client)).toBeNull()
  const set = await client.put('/api/settings/prices', PRICES)
  expect([set.status, set.body]).toEqual([200, { prices: PRICES }])
  expect(await pricesOf(colleague)).toEqual(PRICES)
  expect(await pricesOf(stranger)).toBeNull()
  await stranger.put('/api/settings/prices', { ...PRICES, currency: 'EUR' })
  expect(await pricesOf(client)).toEqual(PRICES)
  await stranger.put('/api/settings/prices', null)
  expect(await pricesOf(client)).toEqual(PRICES)
  expect((await colleague.put('/api/settings/prices', null)).body).toEqual({ prices: null })
  expect(await pricesOf(client)).toBeNull()
})

test('prices that are none are 400, and change nothing', async ({ signIn }) => {
  const client = await signIn()
  await client.put('/api/settings/prices', PRICES)
  for (const body of [
    {},
    [],
    { ...PRICES, currency: 'XQQ' },
    { ...PRICES, price: 2 },
    { ...PRICES, price: '-1' },
    { ...PRICES, byCountry: { constructor: '1' } },
    { ...PRICES, byCountry: { GB: '1e9' } },
    { prices: PRICES },
  ]) {
    const { status, body: problem } = await client.put<Settings>('/api/settings/prices', body)
    expect([status, problem.code], JSON.stringify(body)).toEqual([400, 'malformed'])
  }
  expect((await client.get<Settings>('/api/settings')).body.prices).toEqual(PRICES)
})
