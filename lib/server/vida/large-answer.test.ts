import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rejection, returnOver, serve, TOKEN, testClient } from '@/lib/server/vida/testing/server'
import { parseLarge, type Turn } from './large-answer'
import { Pace } from './pace'
import { cut } from './pieces'

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const turnOf = (owner: object) => ({ owner, deadlineMs: 60_000 })
const parse = (value: unknown, turn: Turn = turnOf({})) => parseLarge({ body: json(value), token: '' }, turn)
const entries = (count: number, label = 'Front desk') =>
  Array.from({ length: count }, (_, index) => ({ number: `+1214${2_000_000 + index}`, label: `${label} ${index}` }))
const serving = (value: unknown) => serve((_, response) => response.end(JSON.stringify(value)))

describe('a large answer of Vida’s', () => {
  it('is read on another thread, while the event loop turns', async () => {
    await using vida = await serving({ success: true, phoneNumbers: entries(10_000) })
    let turns = 0
    let over = false
    const reading = testClient(vida.baseUrl)
      .numbers('7')
      .finally(() => {
        over = true
      })
    for (; !over; turns += 1) await nextTurn()
    const { numbers, isProof } = await reading
    expect(numbers).toHaveLength(10_000)
    expect(numbers.at(-1)).toMatchObject({ number: '+12142009999', label: 'Front desk 9999' })
    expect(isProof).toBe(true)
    expect(turns).toBeGreaterThan(20)
  })

  it('is what JSON.parse makes of it', async () => {
    const list = fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 200 })
    const inside = fc.dictionary(fc.string(), list, { maxKeys: 3 })
    const value = fc.oneof(fc.jsonValue(), list, fc.dictionary(fc.string(), fc.oneof(list, inside, fc.jsonValue())))
    // Many at once, as the thread runs while there is something to parse.
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 30, maxLength: 60 }), async (given) => {
        expect(await Promise.all(given.map((each) => parse(each)))).toEqual(JSON.parse(JSON.stringify(given)))
      }),
      { numRuns: 2, endOnFailure: true },
    )
    expect(await parse(entries(3_000))).toEqual(entries(3_000))
    expect(await parseLarge({ body: new TextEncoder().encode('[1,'), token: '' }, turnOf({}))).toBeUndefined()
  })

  it('is given to each of several readers at once', async () => {
    for (const within of [(list: unknown) => ({ list }), (list: unknown) => ({ data: { list }, total: 1 })]) {
      const all = await Promise.all([3_000, 1, 2_000].map((count) => parse(within(entries(count)))))
      expect(all).toEqual([3_000, 1, 2_000].map((count) => within(entries(count))))
    }
  })

  it('that is nested too deeply is refused, and no other', async () => {
    const body = new TextEncoder().encode('['.repeat(200_000) + ']'.repeat(200_000))
    const [refused, ...others] = await Promise.all([
      rejection(parseLarge({ body, token: '' }, turnOf({}))),
      parse(entries(2)),
      parse(entries(3)),
    ])
    expect(refused).toMatchObject({ code: 'answer_too_large' })
    expect(others).toEqual([entries(2), entries(3)])
  })

  it('waits for one answer of another owner, however many of those came before', async () => {
    const done: string[] = []
    const read = (name: string, owner: object) => parse({ name }, turnOf(owner)).then(() => done.push(name))
    const [one, other] = [{}, {}]
    await Promise.all([
      ...['a1', 'a2', 'a3', 'a4'].map((name) => read(name, one)),
      ...['b1', 'b2'].map((name) => read(name, other)),
    ])
    expect(done).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4'])
  })

  it('is given up at its deadline, waiting or being parsed, and the others are parsed', async () => {
    const owner = {}
    const late = { owner, deadlineMs: 0 }
    const [parsed, waiting, ...others] = await Promise.all([
      rejection(parse(entries(20_000), late)),
      rejection(parse(entries(1), late)),
      parse(entries(2), turnOf(owner)),
      parse(entries(3)),
    ])
    for (const failure of [parsed, waiting]) expect(failure).toMatchObject({ code: 'read_timed_out' })
    expect(others).toEqual([entries(2), entries(3)])
  })

  it('is given up when its reader stops, waiting or being parsed', async () => {
    const stop = new AbortController()
    const stopped = { ...turnOf({}), signal: stop.signal }
    const failures = [20_000, 1].map((count) => rejection(parse(entries(count), stopped)))
    const other = parse(entries(2))
    stop.abort()
    for (const failure of await Promise.all(failures)) expect(failure).toMatchObject({ name: 'AbortError' })
    expect(await other).toEqual(entries(2))
  })

  it('is parsed before the next request of its identity is sent', async () => {
    const events: string[] = []
    await using vida = await serve(({ url }, response) => {
      const id = url.searchParams.get('targetAccountId')
      events.push(`asked for ${id}`)
      response.end(JSON.stringify({ id, rest: entries(6_000) }))
    })
    const client = testClient(vida.baseUrl, { pace: new Pace(1) })
    await Promise.all(['7', '8'].map(async (id) => events.push(`read ${(await client.account(id)).id}`)))
    expect(events).toEqual(['asked for 7', 'read 7', 'asked for 8', 'read 8'])
  })

  it('comes in pieces that are each quick to parse', () => {
    const pieces = cut({ success: true, phoneNumbers: entries(20_000) })
    expect(pieces?.outline).toBe('{"success":true,"phoneNumbers":[]}')
    for (const text of pieces?.lists[0]?.entries ?? []) expect(text.length).toBeLessThan(70_000)
  })

  it.each([
    ['more numbers than an account can have', { phoneNumbers: entries(10_001) }],
    ['more entries than an answer can have', { phoneNumbers: Array.from({ length: 30_000 }, () => '+12145550101') }],
    ['an entry that is no entry', { phoneNumbers: [{ number: '+12145550101', notes: 'x'.repeat(300_000) }] }],
    ['something large besides entries', { phoneNumbers: [], notes: { all: 'x'.repeat(300_000) } }],
  ])('is refused with %s', async (_, value) => {
    await using vida = await serving(value)
    expect(await rejection(testClient(vida.baseUrl).numbers('7'))).toMatchObject({ code: 'answer_too_large' })
  })

  it('never brings the token in', async () => {
    await using vida = await serving({ phoneNumbers: entries(5_000, `Front desk of ${encodeURIComponent(TOKEN)}`) })
    const { numbers } = await testClient(vida.baseUrl).numbers('7')
    expect(numbers.at(-1)?.label).toBe('Front desk of [•••] 4999')
  })

  it('tells the outcome of a return like any other', async () => {
    await using vida = await serving({ success: true, message: 'Returned', rest: entries(5_000) })
    expect(await returnOver(testClient(vida.baseUrl), '+12145550101')).toMatchObject({
      kind: 'returned',
      message: 'Returned',
    })
  })
})
