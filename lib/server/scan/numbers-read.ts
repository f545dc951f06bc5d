import 'server-only'
import type { Account, AccountNumbers, AssignedNumber } from '@/lib/domain/accounts/account'
import type { NumbersEvent } from '@/lib/domain/inventory/events'
import { inSlices } from '@/lib/server/process/slices'

const NONE: ReadonlySet<string> = new Set()

/** Stores its own NDJSON lines: 50,000 numbers are a few MB outside the heap, not several 100,000 objects in it. */
export class NumbersRead {
  readonly #lines = new Map<string, Buffer>()

  put(accountId: string, line: Buffer): void {
    this.#lines.set(accountId, line)
  }

  replace(accountId: string, numbers: AssignedNumber[]): void {
    const line = this.#lines.get(accountId)
    if (line) this.put(accountId, Buffer.from(JSON.stringify({ ...parsed(line), numbers })))
  }

  clear(): void {
    this.#lines.clear()
  }

  ids(except: ReadonlySet<string> = NONE): Iterable<string> {
    return this.#lines.keys().filter((id) => !except.has(id))
  }

  numbersOf(accountId: string): string[] | null {
    const line = this.#lines.get(accountId)
    return line ? parsed(line).numbers.map(({ number }) => number) : null
  }

  *all(except: ReadonlySet<string> = NONE): Generator<AccountNumbers, void, undefined> {
    for (const [id, line] of this.#lines) {
      if (except.has(id)) continue
      const { account, numbers } = parsed(line)
      yield { account, numbers }
    }
  }

  async numbers(): Promise<ReadonlySet<string>> {
    const all = new Set<string>()
    for await (const { numbers } of inSlices(this.all())) for (const { number } of numbers) all.add(number)
    return all
  }

  accountsHolding(number: string): Account[] {
    const text = `"${number}"`
    const candidates = [...this.#lines.values()].filter((line) => line.includes(text)).map(parsed)
    return candidates.flatMap(({ account, numbers }) =>
      numbers.some((held) => held.number === number) ? [account] : [],
    )
  }
}

function parsed(line: Buffer): NumbersEvent {
  return JSON.parse(line.toString()) as NumbersEvent
}
