import 'server-only'
import type { Context } from '@/lib/server/context/context'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import type { Session } from '@/lib/server/session/current'
import { settleOrphans } from './reconcile'

/** How often one identity's requests look for orphans, ms. */
const EVERY_MS = 5_000

/**
 * Called with each signed-in request: looks after returns that a stopped server left behind. Does not hold up the
 * request, and a failure only waits for the next one.
 */
export function recoverOrphans(ctx: Context, session: Session): void {
  const last = ctx.shared('attended', () => new BoundedMap<string, number>(1_000))
  const now = ctx.clock.now()
  if (now - (last.get(session.identity) ?? 0) < EVERY_MS) return
  last.set(session.identity, now)
  settleOrphans(ctx, session).catch(() => ctx.log('error', 'orphans_not_settled'))
}
