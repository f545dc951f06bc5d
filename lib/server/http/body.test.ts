import { expect, it } from 'vitest'
import * as z from 'zod'
import { readJsonBody } from './body'

/** Takes 3 ms, however fast the machine is. */
function takesLong(): boolean {
  const endsAt = performance.now() + 3
  while (performance.now() < endsAt);
  return true
}

it('lets the event loop turn between long bodies that came at once', async () => {
  const text = '12.34.'.repeat(100_000)
  const schema = z.strictObject({ text: z.string().refine(takesLong) })
  const read = () => {
    const request = new Request('http://localhost/', { method: 'POST', body: JSON.stringify({ text }) })
    return readJsonBody(request, schema, 'malformed', 1_000_000)
  }
  const ended: number[] = []
  let turns = 0
  const count = () => {
    turns += 1
    if (ended.length < 8) setImmediate(count)
  }
  setImmediate(count)
  await Promise.all(Array.from({ length: 8 }, async () => ended.push((await read()).text.length && turns)))
  expect(new Set(ended).size).toBeGreaterThan(2)
})
