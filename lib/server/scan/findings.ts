import 'server-only'
import type { Context } from '@/lib/server/context/context'
import type { Fact } from '@/lib/server/findings/findings'
import type { Session } from '@/lib/server/session/current'
import type { ScanResult, ScanScope } from './options'

/** `numbers_offered`: true after a 200, false after a scan with 404 alone. Null: not known, which means more reading. */
export async function finding(ctx: Context, identity: string, fact: Fact): Promise<boolean | null> {
  try {
    return await ctx.findings.find(identity, fact)
  } catch {
    ctx.log('error', 'finding_not_read')
    return null
  }
}

/** @param at when it was seen, Unix ms */
export async function saveFinding(
  ctx: Context,
  identity: string,
  fact: Fact,
  value: boolean,
  at: number,
): Promise<void> {
  try {
    await ctx.findings.note(identity, fact, value, at)
  } catch {
    ctx.log('error', 'finding_not_saved')
  }
}

/**
 * Whether a scan may read account lists once: not a part, whose one list is the point of it, and not while the outcome
 * of a return is unknown, as only lists that were read both ways show that a number is nowhere.
 */
export async function mayReadListsOnce(ctx: Context, session: Session, { kind }: ScanScope): Promise<boolean> {
  const { identity, origin, account } = session
  if (kind !== 'root' || !(await finding(ctx, identity, 'inactive_listed'))) return false
  try {
    return (await ctx.ledger.unknownCount({ origin, ownerId: account.id })) === 0
  } catch {
    return false
  }
}

/** A finding by which less is read is as old as the scan, so that what contradicts it meanwhile stays. */
export async function saveFindings(
  ctx: Context,
  identity: string,
  { kind }: ScanScope,
  { listsOffered, fellBack, inactiveListed }: ScanResult,
  startedAt: number,
): Promise<void> {
  if (listsOffered) await saveFinding(ctx, identity, 'numbers_offered', true, ctx.clock.now())
  else if (fellBack && kind === 'root') await saveFinding(ctx, identity, 'numbers_offered', false, startedAt)
  if (inactiveListed === false) await saveFinding(ctx, identity, 'inactive_listed', false, ctx.clock.now())
  else if (inactiveListed && kind === 'root') await saveFinding(ctx, identity, 'inactive_listed', true, startedAt)
}
