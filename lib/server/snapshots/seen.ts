import 'server-only'
import * as z from 'zod/mini'
import { readJson } from './json'

/** By time (ISO 8601, UTC) the numbers (E.164) of one account that have been seen since then. */
const seenSchema = z.record(z.string(), z.array(z.string()))

function byNumber(text: string | null | undefined): Map<string, string> {
  const times = Object.entries(readJson(seenSchema, text ?? '{}') ?? {})
  return new Map(times.flatMap(([since, numbers]) => numbers.map((number) => [number, since] as const)))
}

/** A number held before keeps its time; a new one gets `now` (ISO 8601, UTC). `before`: the saved text, null: none. */
export function carrySeen(before: string | null | undefined, numbers: Iterable<string>, now: string): string {
  const held = [...new Set(numbers)]
  // Most accounts are unchanged and need no parsing, which counts at 50,000 numbers.
  const [, first] = /^\{"([^"]+)":/.exec(before ?? '') ?? []
  if (before && first && JSON.stringify({ [first]: held }) === before) return before
  const then = byNumber(before)
  return JSON.stringify(Object.groupBy(held, (number) => then.get(number) ?? now))
}

export function seenSince(text: string, number: string): string | null {
  return byNumber(text).get(number) ?? null
}
