import 'server-only'
import { settings } from '@/lib/server/config/current'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import { shared } from '@/lib/server/process/shared'
import { createVidaClient, MOST_PAGES, type VidaClient } from './client'
import { NumberLists } from './numbers'
import { Pace } from './pace'

interface Shared {
  pace: Pace
  numberLists: NumberLists
}

const sharedOf = () => shared('vida', () => new BoundedMap<string, Shared>(1_000, ({ pace }) => pace.underWay > 0))

/**
 * All clients of one identity share its limit of requests under way and what its number lists showed; `null`, a token
 * that is not known yet, has its own.
 */
export function vidaFor({ token, identity }: { token: string; identity: string | null }): VidaClient {
  const { vidaBaseUrl, vidaConcurrency } = settings()
  const make = () => ({ pace: new Pace(vidaConcurrency), numberLists: new NumberLists(MOST_PAGES) })
  if (identity === null) return createVidaClient({ baseUrl: vidaBaseUrl, token, ...make() })
  const known = sharedOf().get(identity) ?? make()
  sharedOf().set(identity, known)
  return createVidaClient({ baseUrl: vidaBaseUrl, token, ...known })
}
