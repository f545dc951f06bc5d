const DAY = 24 * 60 * 60 * 1000

/** Times are ISO 8601, UTC. Counts are null unless entries reach back 30 days. */
export interface Usage {
  lastUsedAt: string | null
  lastKind: 'call' | 'text' | null
  calls30: number | null
  texts30: number | null
}

/** What one reading of an account's calls and texts says. */
export interface AccountUse {
  accountId: string
  readAt: string
  /** Entries reach back to it without a gap. */
  coveredSince: string | null
  /** Of the agent as a whole; null: Vida does not say. */
  account: Usage | null
  /** By E.164, only those that entries name. */
  numbers: Record<string, Usage>
}

/** Of one number. `basis`: whether it speaks of the number itself, of its agent, or of nothing. */
export interface NumberUse extends Usage {
  number: string
  accountId: string
  basis: 'number' | 'account' | 'none'
  coveredSince: string | null
  readAt: string
}

const NOTHING: Usage = { lastUsedAt: null, lastKind: null, calls30: null, texts30: null }

export function numberUse(
  { accountId, readAt, coveredSince, account, numbers }: AccountUse,
  number: string,
): NumberUse {
  const own = Object.hasOwn(numbers, number) ? numbers[number] : undefined
  const basis = own ? 'number' : account ? 'account' : 'none'
  const usage = own ?? account ?? NOTHING
  return { ...usage, number, accountId, basis, coveredSince: basis === 'none' ? null : coveredSince, readAt }
}

/**
 * `unused`: entries cover that many days up to the reading, and none of them lies in it or later. What happened since the
 * reading is not known, so whoever shows it shows `readAt`, too.
 */
export function usedWithin(
  { lastUsedAt, coveredSince, readAt, basis }: Pick<NumberUse, 'lastUsedAt' | 'coveredSince' | 'readAt' | 'basis'>,
  days: number,
  now: number,
): 'used' | 'unused' | 'unsaid' {
  if (basis === 'none') return 'unsaid'
  const last = lastUsedAt === null ? Number.NEGATIVE_INFINITY : Date.parse(lastUsedAt)
  if (last >= now - days * DAY) return 'used'
  const from = Date.parse(readAt) - days * DAY
  return coveredSince !== null && Date.parse(coveredSince) <= from && last < from ? 'unused' : 'unsaid'
}
