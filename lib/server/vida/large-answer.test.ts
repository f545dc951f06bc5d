import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rejection, returnOver, serve, TOKEN, testClient } from '@/lib/server/vida/testing/server'
import { parseLarge } from './large-answer'
import { cut } from './pieces'

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const parse = (value: unknown) => parseLarge(json(value), '')
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
    const value = fc.oneof(fc.jsonValue(), list, fc.dictionary(fc.string(), fc.oneof(list, fc.jsonValue())))
    // Many at once, as the thread runs while there is something to parse.
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 30, maxLength: 60 }), async (given) => {
        expect(await Promise.all(given.map(parse))).toEqual(JSON.parse(JSON.stringify(given)))
      }),
      { numRuns: 2, endOnFailure: true },
    )
    expect(await parse(entries(3_000))).toEqual(entries(3_000))
    expect(await parseLarge(new TextEncoder().encode('[1,'), '')).toBeUndefined()
  })

  it('is given to each of several readers at once', async () => {
    const all = await Promise.all([3_000, 1, 2_000].map((count) => parse({ list: entries(count) })))
    expect(all).toEqual([3_000, 1, 2_000].map((count) => ({ list: entries(count) })))
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
