import { describe, expect, it } from 'vitest'
import { rejection, sendJson, serve, testClient } from '@/lib/server/vida/testing/server'
import { Pace } from './pace'

const NUMBERS = { success: true, phoneNumbers: ['+12145551234'] }

describe('429', () => {
  it('is waited out, is no attempt, and slows the whole pace', async () => {
    await using vida = await serve((_, response, nth) =>
      nth < 5 ? sendJson(response, 429, {}, nth % 2 ? { 'retry-after': '0' } : {}) : sendJson(response, 200, NUMBERS),
    )
    const pace = new Pace(8, { backoffMs: 2, leastPauseMs: 1 })
    expect(await testClient(vida.baseUrl, { pace }).numbers('7')).toMatchObject({ numbers: [{}] })
    expect(vida.seen).toHaveLength(6)
    expect(pace.limit).toBeLessThan(8)
    expect(pace.underWay).toBe(0)
  })

  it('that goes on ends as read_busy within the total time', async () => {
    await using vida = await serve((_, response) =>
      sendJson(response, 429, { message: 'Slow down' }, { 'retry-after': '30' }),
    )
    const client = testClient(vida.baseUrl, { deadlines: { totalMs: 80 } })
    const started = performance.now()
    expect(await rejection(client.numbers('7'))).toMatchObject({
      code: 'read_busy',
      status: 429,
      vidaMessage: 'Slow down',
    })
    expect(await rejection(client.whoAmI())).toMatchObject({ code: 'read_busy' })
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(vida.seen).toHaveLength(1)
  })

  it('stays the reason where the rest of the total time was too short for another attempt', async () => {
    await using vida = await serve((_, response, nth) => {
      if (nth === 0) sendJson(response, 429, {}, { 'retry-after': '0' })
    })
    const client = testClient(vida.baseUrl, { deadlines: { totalMs: 1_000 } })
    expect(await rejection(client.numbers('7'))).toMatchObject({ code: 'read_busy', status: 429 })
    expect(vida.seen).toHaveLength(2)
  })

  it('to one read makes the others of that token wait, too', async () => {
    const times: number[] = []
    await using vida = await serve((_, response, nth) => {
      times.push(performance.now())
      if (nth === 0) sendJson(response, 429, {}, { 'retry-after': '0.05' })
      else sendJson(response, 200, NUMBERS)
    })
    const pace = new Pace(1)
    const client = testClient(vida.baseUrl, { pace })
    await Promise.all([client.numbers('1'), client.numbers('2', { priority: 'now' })])
    expect(times).toHaveLength(3)
    const [refused = 0, next = 0] = times
    expect(next - refused).toBeGreaterThanOrEqual(45)
  })
})

it('asks whether number lists are paged before the lists that wait for it', async () => {
  const list = Array.from({ length: 20 }, (_, at) => `+121455512${String(at).padStart(2, '0')}`)
  await using vida = await serve((_, response) => sendJson(response, 200, list))
  const client = testClient(vida.baseUrl, { pace: new Pace(1) })
  const accounts = ['1', '2', '3', '4', '5']
  const found = await Promise.all(accounts.map((id) => client.numbers(id, { priority: 'next' })))
  expect(found.map(({ numbers }) => numbers.length)).toEqual([20, 20, 20, 20, 20])
  const paged = vida.seen.map(({ rawUrl }) => rawUrl.includes('pagination=true'))
  expect(paged.filter(Boolean)).toHaveLength(2)
  // Between its two questions a list may have its turn; they do not wait for all of them.
  expect(paged.lastIndexOf(true)).toBeLessThan(accounts.length)
})
