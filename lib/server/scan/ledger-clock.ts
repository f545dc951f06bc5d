import 'server-only'
import type { Context } from '@/lib/server/context/context'

/** The clock of the ledger: events are compared with the times of account reads. */
export async function ledgerClock(ctx: Context): Promise<() => number> {
  try {
    const ahead = (await ctx.ledger.now()) - ctx.clock.now()
    return () => ctx.clock.now() + ahead
  } catch {
    ctx.log('error', 'ledger_time_unknown')
    return ctx.clock.now
  }
}
