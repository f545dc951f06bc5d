import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { Prices } from '@/lib/domain/settings/prices'

interface AccountSettings {
  prices: Prices | null
  reasons: readonly string[]
}

const isSettings = shaped<AccountSettings>('prices', 'reasons')
const isPrices = shaped<Pick<AccountSettings, 'prices'>>('prices')
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

/** @param prices null removes them */
export async function putPrices(client: QueryClient, prices: Prices | null): Promise<Pick<AccountSettings, 'prices'>> {
  const settings = await request('/api/settings/prices', isPrices, { method: 'PUT', body: prices })
  void client.invalidateQueries({ queryKey: settingsQuery.queryKey })
  return settings
}
