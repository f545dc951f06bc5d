import type { ReturnRecord } from '@/lib/domain/returns/record'
import { MARK_AFTER_MS } from '@/lib/domain/returns/settling'
import type { FormatTime } from './receipt-wording'

/** From when on a person may mark a return as not returned, ms. */
export function markableFrom({ requestedAt }: Pick<ReturnRecord, 'requestedAt'>): number {
  return Date.parse(requestedAt) + MARK_AFTER_MS
}

/** Why *Mark not returned* is not available; null: it is. Without an account only the time (`early`) counts. */
export function whyNotMarkable(record: ReturnRecord, early: boolean, format: FormatTime): string | null {
  const { accountId, events } = record
  if (early)
    return `Available from ${format(new Date(markableFrom(record)).toISOString())}, if the number is still listed then.`
  if (accountId === null) return null
  const lastRead = events.findLast(({ gone }) => gone !== null)
  return lastRead?.gone === false ? null : 'Available when Check again has found the number still listed.'
}

export const NO_ACCOUNT_TO_CHECK =
  'The number was returned by hand, so there is no account to read. Refresh Numbers: if a reading has listed the number and a later complete one does not, the return is confirmed.'

/** What was known of the number's use at the confirmation; null: no use. */
export function usageSentence({ lastUsedAt, lastKind, useBasis }: ReturnRecord, format: FormatTime): string | null {
  if (lastUsedAt === null) return null
  const whose = useBasis === 'number' ? 'Last used' : 'Its agent was last used'
  return `${whose} ${format(lastUsedAt)}${lastKind ? ` (${lastKind})` : ''} when it was confirmed`
}
