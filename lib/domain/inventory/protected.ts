import { type Protection, protectionFinder } from '@/lib/domain/protections/protection'
import type { Inventory } from './rows'

/** What protects a number, by E.164: itself, its account or its organization. */
export type ProtectedNumbers = ReadonlyMap<string, Protection>

export const NONE_PROTECTED: ProtectedNumbers = new Map()

/** Also numbers that the list lacks, which can be returned by hand. */
export function protectedNumbers(
  { accounts }: Pick<Inventory, 'accounts'>,
  protections: readonly Protection[],
): ProtectedNumbers {
  if (protections.length === 0) return NONE_PROTECTED
  const find = protectionFinder(protections)
  const numbers = protections.flatMap((each) => (each.level === 'number' ? [[each.target, each] as const] : []))
  const found = new Map(numbers)
  for (const { account, rows } of accounts) {
    const { id: accountId, organizationId } = account
    for (const { number } of rows) {
      const protection = find({ number, accountId, organizationId })
      if (protection) found.set(number, protection)
    }
  }
  return found
}
