import 'server-only'
import type { Context } from '@/lib/server/context/context'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import type { Session } from '@/lib/server/session/current'
import { settleOrphans } from './reconcile'

const EVERY_MS = 5_000

/** Called with each signed-in request, which does not wait for it; after a failure a later request tries again. */
export function recoverOrphans(ctx: Context, session: Session): void {
  const last = ctx.shared('orphan-recovery', () => new BoundedMap<string, number>(1_000))
  const now = ctx.clock.now()
  if (now - (last.get(session.identity) ?? 0) < EVERY_MS) return
  last.set(session.identity, now)
  settleOrphans(ctx, session).catch(() => ctx.log('error', 'orphans_not_settled'))
}
