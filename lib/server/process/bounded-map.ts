/** A map that loses its least recently set entries beyond `limit`, except those that are `pinned`. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #limit: number
  readonly #pinned: (value: Value) => boolean

  constructor(limit: number, pinned: (value: Value) => boolean = () => false) {
    super()
    this.#limit = limit
    this.#pinned = pinned
  }

  override set(key: Key, value: Value): this {
    this.delete(key)
    super.set(key, value)
    if (this.size <= this.#limit) return this
    const oldest = this.entries().find(([, each]) => !this.#pinned(each))
    if (oldest) this.delete(oldest[0])
    return this
  }
}
