import * as z from 'zod/mini'

const DAY = 24 * 60 * 60 * 1000

const count = z.nullable(z.number())

/** Times are ISO 8601, UTC. Counts are null unless entries reach back 30 days. */
const usageSchema = z.object({
  lastUsedAt: z.nullable(z.string()),
  lastKind: z.nullable(z.enum(['call', 'text'])),
  calls30: count,
  texts30: count,
})
export type Usage = z.infer<typeof usageSchema>

/**
 * What one reading of an account's calls and texts says. `account`: of the agent as a whole, null where Vida does not say;
 * `numbers`: by E.164, only those that entries name; `coveredSince`: entries of this agent reach back to it without a gap.
 */
export const accountUseSchema = z.object({
  accountId: z.string(),
  readAt: z.string(),
  coveredSince: z.nullable(z.string()),
  account: z.nullable(usageSchema),
  numbers: z.record(z.string(), usageSchema),
})
export type AccountUse = z.infer<typeof accountUseSchema>

/** Of one number: of itself where entries name it, else of its agent, else nothing. */
export const numberUseSchema = z.extend(usageSchema, {
  number: z.string(),
  accountId: z.string(),
  basis: z.enum(['number', 'account', 'none']),
  coveredSince: z.nullable(z.string()),
  readAt: z.string(),
})
export type NumberUse = z.infer<typeof numberUseSchema>
export type UseBasis = NumberUse['basis']

const NOTHING: Usage = { lastUsedAt: null, lastKind: null, calls30: null, texts30: null }

export function useOf({ accountId, readAt, coveredSince, account, numbers }: AccountUse, number: string): NumberUse {
  const own = Object.hasOwn(numbers, number) ? numbers[number] : undefined
  const basis = own ? 'number' : account ? 'account' : 'none'
  const usage = own ?? account ?? NOTHING
  return { ...usage, number, accountId, basis, coveredSince: basis === 'none' ? null : coveredSince, readAt }
}

/**
 * `unused`: entries cover that many days up to the reading, and none of them lies in it or later. What happened since the
 * reading is not known, so whoever shows it shows `readAt`, too.
 */
export function useWithin(
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
