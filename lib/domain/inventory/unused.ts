import { type AccountUse, type NumberUse, numberUse, usedWithin } from '@/lib/domain/use/use'
import type { Inventory, NumberRow } from './rows'

/** What was read of the use of accounts, by account id. */
export type Uses = ReadonlyMap<string, AccountUse>
export const NO_USES: Uses = new Map()

type Place = { number: string; account: { id: string } }

/** Null: the account's use was not read. */
export function rowUse(uses: Uses, { number, account }: Place): NumberUse | null {
  const use = uses.get(account.id)
  return use ? numberUse(use, number) : null
}

/** When a number was used last, or since when it was not; null: nobody knows. */
export function lastUsed(uses: Uses, row: Place): string | null {
  const use = rowUse(uses, row)
  return use && (use.lastUsedAt ?? use.coveredSince)
}

export type Verdict = ReturnType<typeof usedWithin> | 'unread'
export type Judge = (row: Place) => Verdict

/** Whether numbers were used in the last days; of those that entries do not name, each account is judged once. */
export function judgeOf(uses: Uses, days: number, now: number): Judge {
  const unnamed = new Map<string, Verdict>()
  return ({ number, account: { id } }) => {
    const use = uses.get(id)
    if (!use) return 'unread'
    if (Object.hasOwn(use.numbers, number)) return usedWithin(numberUse(use, number), days, now)
    const verdict = unnamed.get(id) ?? usedWithin(numberUse(use, number), days, now)
    unnamed.set(id, verdict)
    return verdict
  }
}

export function verdictCounts(rows: Iterable<NumberRow>, judge: Judge): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { used: 0, unused: 0, unsaid: 0, unread: 0 }
  for (const row of rows) counts[judge(row)] += 1
  return counts
}

export function* rowsIn({ accounts }: Inventory): Generator<NumberRow> {
  for (const { rows } of accounts) yield* rows
}
