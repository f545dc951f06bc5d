import { queryOptions } from '@tanstack/react-query'
import { request } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { Prices } from '@/lib/domain/settings/prices'

interface AccountSettings {
  prices: Prices | null
  reasons: readonly string[]
}

const isSettings = shaped<AccountSettings>('prices', 'reasons')
const isReasons = shaped<Pick<AccountSettings, 'reasons'>>('reasons')

/** What the account set for itself. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => request('/api/settings', isSettings, { signal }),
  staleTime: 60_000,
})

/** @param reasons null: the standard list again */
export function putReasons(reasons: readonly string[] | null): Promise<Pick<AccountSettings, 'reasons'>> {
  return request('/api/settings/reasons', isReasons, { method: 'PUT', body: reasons })
}
