import 'server-only'

interface Entry<T> {
  readonly value: T
  before: Entry<T> | null
  after: Entry<T> | null
}

/** First in, first out; leaving takes constant time. A `Set` takes 10 s to be emptied of 100,000 entries. */
export class WaitQueue<T> {
  #first: Entry<T> | null = null
  #last: Entry<T> | null = null

  /** @returns a function that removes the value, once */
  join(value: T): () => void {
    const entry: Entry<T> = { value, before: this.#last, after: null }
    if (this.#last) this.#last.after = entry
    else this.#first = entry
    this.#last = entry
    let waiting = true
    return () => {
      if (waiting) this.#remove(entry)
      waiting = false
    }
  }

  get front(): T | null {
    return this.#first?.value ?? null
  }

  #remove(entry: Entry<T>): void {
    if (entry.before) entry.before.after = entry.after
    else this.#first = entry.after
    if (entry.after) entry.after.before = entry.before
    else this.#last = entry.before
  }
}
