import 'server-only'

interface Place<T> {
  readonly value: T
  before: Place<T> | null
  after: Place<T> | null
}

/** A waiting line: join at the end, be taken from the front, step out from anywhere; each in constant time. */
export class Line<T> {
  #first: Place<T> | null = null
  #last: Place<T> | null = null

  get empty(): boolean {
    return this.#first === null
  }

  /** Joins the line; the function given back steps out of it, and does nothing once the value was taken. */
  join(value: T): () => void {
    const place: Place<T> = { value, before: this.#last, after: null }
    if (this.#last) this.#last.after = place
    else this.#first = place
    this.#last = place
    let standing = true
    return () => {
      if (standing) this.#remove(place)
      standing = false
    }
  }

  /** The value at the front, still in the line until it steps out. */
  get front(): T | null {
    return this.#first?.value ?? null
  }

  #remove(place: Place<T>): void {
    if (place.before) place.before.after = place.after
    else this.#first = place.after
    if (place.after) place.after.before = place.before
    else this.#last = place.before
  }
}
