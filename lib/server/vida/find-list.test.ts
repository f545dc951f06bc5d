import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, rejection, sendJson, serve, testClient } from '@/lib/server/vida/testing/server'
import { VidaFailure } from './failure'
import { parseNumbersPage } from './numbers'
import { readPage } from './pages'

const NUMBER = '+12145551234'

async function idsIn(value: unknown, nameBefore: string | null = null) {
  const { accounts, unknownName } = await readPage(value, 'account', nameBefore)
  return [unknownName, accounts.map(({ id }) => id)]
}

async function numbersIn(value: unknown) {
  const { numbers, unknownName } = await parseNumbersPage(value)
  return [unknownName, numbers.map(({ number }) => number)]
}

describe('a list under a name that nobody expected', () => {
  it.each(['data', 'items', 'results', 'rows', 'whatever'])('is found under %s, and one level down', async (name) => {
    expect(await idsIn({ success: true, [name]: [{ id: 1 }, { id: 'b' }] })).toEqual([name, ['1', 'b']])
    expect(await idsIn({ page: { [name]: [{ id: 1 }] } })).toEqual([`page.${name}`, ['1']])
    expect(await numbersIn({ [name]: [NUMBER] })).toEqual([name, [NUMBER]])
    expect(await numbersIn({ result: { [name]: [{ number: NUMBER }] } })).toEqual([`result.${name}`, [NUMBER]])
  })

  it('is not looked for where an expected name holds a list, also an empty one', async () => {
    expect(await idsIn({ accounts: [], data: [{ id: 1 }] })).toEqual([null, []])
    expect(await numbersIn({ phoneNumbers: [NUMBER], data: ['+12145550000'] })).toEqual([null, [NUMBER]])
  })

  it('is found beside a list of something else', async () => {
    expect(await idsIn({ data: [{ id: 1 }], links: ['https://x'] })).toEqual(['data', ['1']])
    expect(await numbersIn({ data: [NUMBER], accounts: [{ id: 1 }] })).toEqual(['data', [NUMBER]])
  })

  it('is unknown where another one may be the list, an entry lacks what is needed, or it lies deeper', async () => {
    const unknown = [
      { data: [{ id: 1 }], rows: [{ id: 2 }] },
      { data: [{ id: 1 }], rows: [{ id: 2 }, {}] },
      { data: [{ id: 1 }], rows: [] },
      { data: [{ id: 1 }], more: { rows: [{ id: 2 }] } },
      { data: [{ id: 1 }, {}] },
      { data: [{ id: '' }] },
      { data: { rows: { accounts: [{ id: 1 }] } } },
    ]
    for (const value of unknown) {
      expect(await rejection(idsIn(value)), JSON.stringify(value)).toMatchObject({ code: 'unknown_shape' })
    }
    for (const value of [{ data: [NUMBER, '88202'] }, { data: [NUMBER], items: [NUMBER] }, { data: ['x'] }]) {
      expect(await rejection(numbersIn(value)), JSON.stringify(value)).toMatchObject({ code: 'unknown_shape' })
    }
  })

  it('is empty only where the answer says success and a total of 0', async () => {
    expect(await idsIn({ success: true, data: [], total: 0 })).toEqual(['data', []])
    expect(await idsIn({ success: true, data: { rows: [], totalAccounts: '0' } })).toEqual(['data.rows', []])
    expect(await numbersIn({ success: true, items: [], meta: { totalCount: 0 } })).toEqual(['items', []])
    for (const said of [{}, { success: true }, { total: 0 }, { success: true, total: 3 }, { success: 1, total: 0 }]) {
      expect(await rejection(idsIn({ ...said, data: [] })), JSON.stringify(said)).toMatchObject({
        code: 'unknown_shape',
      })
      expect(await rejection(numbersIn({ ...said, data: [] }))).toMatchObject({ code: 'unknown_shape' })
    }
  })

  it('is believed on later pages where the first one had it', async () => {
    expect(await idsIn({ data: { rows: [] } }, 'data.rows')).toEqual(['data.rows', []])
    expect(await idsIn({ rows: [{ id: 1 }], tags: [] }, 'rows')).toEqual(['rows', ['1']])
    expect(await rejection(idsIn({ data: [] }, 'rows'))).toMatchObject({ code: 'unknown_shape' })
  })

  it('has what is said about pages beside it or around it', async () => {
    const value = { total: 9, data: { items: [{ id: 1 }], total: 3, pagination: { pageSize: 2 } }, hasMore: true }
    expect(await readPage(value, 'account')).toMatchObject({ total: 3, pageSize: 2, more: true })
  })

  it('never crashes, and never brings an entry that cannot be read', async () => {
    const entry = fc.oneof(fc.jsonValue(), fc.record({ id: fc.nat() }))
    const list = fc.array(entry, { maxLength: 4 })
    const inside = fc.dictionary(fc.constantFrom('a', 'b'), list)
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('data', 'rows', '__proto__'), fc.oneof(list, inside)),
        async (v) => {
          try {
            const { accounts, length } = await readPage(v, 'account')
            expect(accounts).toHaveLength(length)
            expect(length).toBeGreaterThan(0)
          } catch (error) {
            expect(error).toMatchObject({ code: 'unknown_shape' })
            expect(error).toBeInstanceOf(VidaFailure)
          }
        },
      ),
    )
  })
})

describe('a client', () => {
  it('reads lists under unknown names to their end, and remembers the names by path', async () => {
    await using vida = await serve(({ url }, response) => {
      const page = Number(url.searchParams.get('page'))
      if (url.pathname === '/api/v2/phoneNumbers') return sendJson(response, 200, { result: { items: [NUMBER] } })
      const ids = page === 0 ? [1, 2] : []
      return sendJson(response, 200, { data: ids.map((id) => ({ id })) })
    })
    const client = testClient(vida.baseUrl)
    expect(client.unknownNames.size).toBe(0)
    expect(await collect(client.organizations('r'))).toHaveLength(2)
    expect(await client.numbers('1')).toMatchObject({ numbers: [{ number: NUMBER }] })
    expect([...client.unknownNames]).toEqual([
      ['/api/v2/listOrganizations', 'data'],
      ['/api/v2/phoneNumbers', 'result.items'],
    ])
  })
})
