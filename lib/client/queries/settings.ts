import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { Prices } from '@/lib/domain/settings/prices'

interface Settings {
  prices: Prices | null
}

const isSettings = shaped<Settings>('prices')

/** What the signed-in account set for all its sessions. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => request('/api/settings', isSettings, { signal }),
})

/** @param prices null removes them */
export async function putPrices(client: QueryClient, prices: Prices | null): Promise<Settings> {
  const settings = await request('/api/settings/prices', isSettings, { method: 'PUT', body: prices })
  void client.invalidateQueries({ queryKey: settingsQuery.queryKey })
  return settings
}
