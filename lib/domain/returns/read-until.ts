import type { ReturnRecord } from './record'

/** How long after an outcome its account read may still come, ms. */
const READ_AFTER_MS = 5_000

type Read = Pick<ReturnRecord, 'outcome' | 'accountId' | 'verified' | 'settledAt'>

/** Until when a record may say more, because the account is read after Vida's answer; ms by the server's clock. */
export function readUntil({ outcome, accountId, verified, settledAt }: Read): number {
  if (verified !== null || accountId === null || settledAt === null) return 0
  return outcome === 'returned' || outcome === 'refused' ? Date.parse(settledAt) + READ_AFTER_MS : 0
}
