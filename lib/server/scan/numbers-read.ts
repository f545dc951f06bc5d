import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import { inSlices } from '@/lib/server/process/slices'
import { accountIn, holds, type NumbersLine, parseLine, type ReadNumbers } from './numbers-line'

const NONE: ReadonlySet<string> = new Set()

export type Newer = Omit<ReadNumbers, 'account'>

/** Stores its own NDJSON lines: 50,000 numbers are a few MB outside the heap, not several 100,000 objects in it. */
export class NumbersRead {
  readonly #lines = new Map<string, NumbersLine>()
  /** Of accounts that were read again since. */
  readonly #newer = new Map<string, Newer>()

  put(accountId: string, line: NumbersLine): void {
    this.#lines.set(accountId, line)
    this.#newer.delete(accountId)
  }

  replace(accountId: string, newer: Newer): void {
    if (this.#lines.has(accountId)) this.#newer.set(accountId, newer)
  }

  clear(): void {
    this.#lines.clear()
    this.#newer.clear()
  }

  ids(except: ReadonlySet<string> = NONE): Iterable<string> {
    return this.#lines.keys().filter((id) => !except.has(id))
  }

  async numbersOf(accountId: string): Promise<string[] | null> {
    const line = this.#lines.get(accountId)
    if (!line) return null
    const { numbers } = this.#newer.get(accountId) ?? (await parseLine(line))
    return numbers.map(({ number }) => number)
  }

  async *all(except: ReadonlySet<string> = NONE): AsyncGenerator<ReadNumbers, void, undefined> {
    for (const [id, line] of this.#lines) {
      if (except.has(id)) continue
      const newer = this.#newer.get(id)
      yield newer ? { account: accountIn(line), ...newer } : await parseLine(line)
    }
  }

  async numbers(): Promise<ReadonlySet<string>> {
    const all = new Set<string>()
    for await (const { numbers } of inSlices(this.all())) for (const { number } of numbers) all.add(number)
    return all
  }

  accountsHolding(number: string): Account[] {
    return [...this.#lines].flatMap(([id, line]) => {
      const newer = this.#newer.get(id)
      const isHeld = newer ? newer.numbers.some((held) => held.number === number) : holds(line, number)
      return isHeld ? [accountIn(line)] : []
    })
  }
}
