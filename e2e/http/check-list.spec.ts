import { expect, test } from '../support/fixtures.ts'
import { FRONT_DESK, placesIn } from '../support/returns.ts'

interface Latest {
  returns: { number: string; receiptId: string; outcome: string; requestedAt: string }[]
}

test('each entry of a list says in which line of the text it stands', async ({ signIn }) => {
  const client = await signIn()
  const text = 'Phone\r\n\r\n214-555-0101 or 214-555-0102\r\n#N/A'
  const { body } = await client.post<{ entries: { line: number; text: string }[] }>('/api/numbers/parse-list', { text })
  expect(body.entries.map(({ line, text: read }) => [line, read])).toEqual([
    [1, 'Phone'],
    [3, '214-555-0101'],
    [3, '214-555-0102'],
    [4, '#N/A'],
  ])
})

test('the latest returns of many numbers are told to their own account alone', async ({
  signIn,
  sandbox: { control, tokens },
}) => {
  const client = await signIn()
  const [place] = FRONT_DESK
  const { body: answer } = await client.post<{ receiptId: string }>('/api/numbers/return', { ...place, note: null })
  const numbers = (await placesIn(control)).map(({ number }) => number)
  const asked = { numbers: [place.number, ...numbers] }
  const latest = await client.post<Latest>('/api/returns/latest', asked)
  expect(latest.status).toBe(200)
  const [found, ...others] = latest.body.returns
  expect(others).toEqual([])
  expect(found).toMatchObject({ number: place.number, receiptId: answer.receiptId, outcome: 'returned' })
  expect(Date.parse(found?.requestedAt ?? '')).toBeGreaterThan(0)
  const other = await signIn(tokens.otherReseller)
  expect((await other.post<Latest>('/api/returns/latest', asked)).body).toEqual({ returns: [] })
})

test('what is no list of numbers is refused, and so is one that is too long', async ({ signIn }) => {
  const client = await signIn()
  const post = async (body: object) => {
    const { status, body: answer } = await client.post<{ code?: string }>('/api/returns/latest', body)
    return [status, answer.code]
  }
  expect(await post({ numbers: ['214-555-0101'] })).toEqual([400, 'malformed'])
  expect(await post({ numbers: ['+12145550101'], more: 1 })).toEqual([400, 'malformed'])
  expect(await post({})).toEqual([400, 'malformed'])
  const many = Array.from({ length: 5_001 }, (_, index) => `+1214${5_550_000 + index}`)
  expect(await post({ numbers: many })).toEqual([400, 'malformed'])
  expect(await post({ numbers: many.slice(1) })).toEqual([200, undefined])
  expect(await post({ numbers: ['1'.repeat(140_000)] })).toEqual([413, 'body_too_large'])
})
