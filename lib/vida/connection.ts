import 'server-only'
import { settings } from '@/lib/config/current'
import { BoundedMap } from '@/lib/process/bounded-map'
import { shared } from '@/lib/process/shared'
import { createVidaClient, type VidaClient } from './client'
import { Pace } from './pace'

const paces = () => shared('paces', () => new BoundedMap<string, Pace>(1_000, (pace) => pace.underWay > 0))

/**
 * A client for one token. All clients of one identity share its limit of requests under way (`VIDA_CONCURRENCY`) and
 * its slowing down; `identity: null` (a token that is not known yet) has a limit of its own.
 */
export function vidaFor({ token, identity }: { token: string; identity: string | null }): VidaClient {
  const { vidaBaseUrl, vidaConcurrency } = settings()
  const pace = identity === null ? new Pace(vidaConcurrency) : paceOf(identity, vidaConcurrency)
  return createVidaClient({ baseUrl: vidaBaseUrl, token, pace })
}

function paceOf(identity: string, concurrency: number): Pace {
  const pace = paces().get(identity) ?? new Pace(concurrency)
  paces().set(identity, pace)
  return pace
}
