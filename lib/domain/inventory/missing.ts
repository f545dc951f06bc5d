import type { InventoryEvent } from './events'
import { partOf } from './state'

/** A part of the hierarchy that can be read by itself, such as `account 100002` or `organization 8001`. */
export type PartKey = string

/** What an incomplete reading lacks; null: something that is no part, so that only a new scan can complete it. */
export type Missing = readonly PartKey[] | null

export class MissingParts {
  readonly #parts = new Set<PartKey>()
  #nameless = false

  take(event: InventoryEvent): void {
    if (event.type !== 'problem') return
    const part = partOf(event)
    if (part) this.#parts.add(`${part.kind} ${part.id}`)
    else this.#nameless = true
  }

  all(): Missing {
    return this.#nameless ? null : [...this.#parts]
  }
}

/** What is missing after `part` was read again: its own problems replace it, and accounts that were read drop out. */
export function stillMissing(
  before: readonly PartKey[],
  part: PartKey,
  after: readonly PartKey[],
  read: Iterable<string>,
): PartKey[] {
  const there = new Set([part, ...[...read].map((id) => `account ${id}`)])
  return [...new Set([...before.filter((key) => !there.has(key)), ...after])]
}
