import * as z from 'zod/mini'

/** Since when the numbers of one account have been seen in it: few times (ISO 8601, UTC), each with many numbers (E.164). */
const seenSchema = z.record(z.string(), z.array(z.string()))

function byNumber(text: string | null | undefined): Map<string, string> {
  try {
    const parsed = z.safeParse(seenSchema, JSON.parse(text ?? '{}'))
    return new Map(
      Object.entries(parsed.data ?? {}).flatMap(([since, numbers]) =>
        numbers.map((number) => [number, since] as const),
      ),
    )
  } catch {
    return new Map()
  }
}

/**
 * What is kept as JSON after an account was read: a number that it held at the reading before goes on from there, any
 * other begins at `now` (ISO 8601, UTC). `before`: what was kept then, null for an account that was not there.
 */
export function carrySeen(before: string | null | undefined, numbers: Iterable<string>, now: string): string {
  const held = [...new Set(numbers)]
  // The usual account, of which nothing is new and nothing gone, needs no parsing: that counts at 50,000 numbers.
  const [, first] = /^\{"([^"]+)":/.exec(before ?? '') ?? []
  if (before && first && JSON.stringify({ [first]: held }) === before) return before
  const then = byNumber(before)
  const seen = new Map<string, string[]>()
  for (const number of held) {
    const since = then.get(number) ?? now
    const group = seen.get(since)
    if (group) group.push(number)
    else seen.set(since, [number])
  }
  return JSON.stringify(Object.fromEntries(seen))
}

/** Since when a number has been seen, as `carrySeen` kept it; null if it is not held, or where another shape stands. */
export function seenSince(text: string, number: string): string | null {
  return byNumber(text).get(number) ?? null
}
