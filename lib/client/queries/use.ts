import { type QueryKey, queryOptions } from '@tanstack/react-query'
import { isRefusal, request } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { NumberUse } from '@/lib/domain/use/use'

const isNumberUse = shaped<NumberUse>(
  'number',
  'accountId',
  'basis',
  'lastUsedAt',
  'lastKind',
  'calls30',
  'texts30',
  'coveredSince',
  'readAt',
)

/** The uses that were read of a number (E.164), whatever its account. */
export const usesOfNumberKey = (number: string): QueryKey => ['use', number]

/** When a number was last used. */
export function numberUseQuery(number: string, accountId: string) {
  return queryOptions({
    queryKey: [...usesOfNumberKey(number), accountId],
    // Without the signal: what the confirmation began to read goes on after it is closed, for the held row.
    queryFn: () => request(`/api/numbers/use?${new URLSearchParams({ number, accountId })}`, isNumberUse),
    staleTime: 60_000,
    retry: (count, error) => count < 1 && !isRefusal(error),
  })
}
