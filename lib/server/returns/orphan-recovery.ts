import 'server-only'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import { log } from '@/lib/server/process/log'
import { shared } from '@/lib/server/process/shared'
import type { Session } from '@/lib/server/session/current'
import { settleOrphans } from './reconcile'

/** How often one identity's requests look for orphans, ms. */
const EVERY_MS = 5_000

/**
 * Called with each signed-in request: looks after returns that a stopped server left behind. Does not hold up the
 * request, and a failure only waits for the next one.
 */
export function recoverOrphans(session: Session): void {
  const last = shared('attended', () => new BoundedMap<string, number>(1_000))
  const now = Date.now()
  if (now - (last.get(session.identity) ?? 0) < EVERY_MS) return
  last.set(session.identity, now)
  settleOrphans(session).catch(() => log('error', 'orphans_not_settled'))
}
