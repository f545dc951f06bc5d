/** A map that forgets its least recently set entries beyond `limit`, except those that `keep` holds on to. */
export class BoundedMap<Key, Value> {
  readonly #entries = new Map<Key, Value>()
  readonly #limit: number
  readonly #keep: (value: Value) => boolean

  constructor(limit: number, keep: (value: Value) => boolean = () => false) {
    this.#limit = limit
    this.#keep = keep
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key)
  }

  set(key: Key, value: Value): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size <= this.#limit) return
    for (const [oldest, held] of this.#entries) {
      if (this.#keep(held)) continue
      this.#entries.delete(oldest)
      return
    }
  }

  delete(key: Key): void {
    this.#entries.delete(key)
  }

  get size(): number {
    return this.#entries.size
  }
}
