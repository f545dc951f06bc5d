import 'server-only'
import type { Account, AccountNumbers, AssignedNumber } from '@/lib/domain/accounts/account'
import type { NumbersEvent } from '@/lib/domain/inventory/events'

/**
 * What a scan has read, as the lines that it told: fifty thousand numbers are a few megabytes of bytes outside the heap
 * instead of a few hundred thousand objects in it. A line is parsed again only where somebody asks for it.
 */
export class Holdings {
  readonly #lines = new Map<string, Buffer>()

  /** Takes an account's `numbers` line in, in place of an earlier one. */
  put(accountId: string, line: Buffer): void {
    this.#lines.set(accountId, line)
  }

  /** Puts later truth in for an account that was read already. */
  replace(accountId: string, numbers: AssignedNumber[]): void {
    const line = this.#lines.get(accountId)
    if (line) this.put(accountId, Buffer.from(JSON.stringify({ ...parsed(line), numbers })))
  }

  clear(): void {
    this.#lines.clear()
  }

  ids(): Iterable<string> {
    return this.#lines.keys()
  }

  *all(): Generator<AccountNumbers, void, undefined> {
    for (const line of this.#lines.values()) {
      const { account, numbers } = parsed(line)
      yield { account, numbers }
    }
  }

  /** The accounts that hold a number (E.164). */
  accountsHolding(number: string): Account[] {
    const text = `"${number}"`
    const candidates = [...this.#lines.values()].filter((line) => line.includes(text)).map(parsed)
    return candidates.flatMap(({ account, numbers }) =>
      numbers.some((held) => held.number === number) ? [account] : [],
    )
  }
}

function parsed(line: Buffer): NumbersEvent {
  // Our own line, made from such an event.
  return JSON.parse(line.toString()) as NumbersEvent
}
