import 'server-only'
import * as z from 'zod/mini'
import { readJson } from './read'

/** Since when the numbers of one account have been seen in it: few times (ISO 8601, UTC), each with many numbers (E.164). */
const seenSchema = z.record(z.string(), z.array(z.string()))

function byNumber(text: string | null | undefined): Map<string, string> {
  const times = Object.entries(readJson(seenSchema, text ?? '{}') ?? {})
  return new Map(times.flatMap(([since, numbers]) => numbers.map((number) => [number, since] as const)))
}

/**
 * What is saved as JSON after an account was read: a number that it held at the reading before goes on from there, any
 * other begins at `now` (ISO 8601, UTC). `before`: what was saved then, null for an account that was not there.
 */
export function carrySeen(before: string | null | undefined, numbers: Iterable<string>, now: string): string {
  const held = [...new Set(numbers)]
  // The usual account, of which nothing is new and nothing gone, needs no parsing: that counts at 50,000 numbers.
  const [, first] = /^\{"([^"]+)":/.exec(before ?? '') ?? []
  if (before && first && JSON.stringify({ [first]: held }) === before) return before
  const then = byNumber(before)
  return JSON.stringify(Object.groupBy(held, (number) => then.get(number) ?? now))
}

/** Since when a number has been seen, as `carrySeen` saved it; null if it is not held, or where another shape stands. */
export function seenSince(text: string, number: string): string | null {
  return byNumber(text).get(number) ?? null
}
