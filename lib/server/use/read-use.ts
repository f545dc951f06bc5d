import 'server-only'
import { type AccountUse, type NumberUse, numberUse } from '@/lib/domain/use/use'
import { take } from '@/lib/server/budgets/budgets'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { finding, saveFinding } from '@/lib/server/scan/findings'
import { findAccount, knownNumbers } from '@/lib/server/scan/hierarchy'
import { endIfRefused, withRoot } from '@/lib/server/session/ask-again'
import type { Session } from '@/lib/server/session/current'
import { VidaFailure } from '@/lib/server/vida/failure'
import type { ReadOptions } from '@/lib/server/vida/reader'
import { isUseNotOffered, type UseEntries } from '@/lib/server/vida/use'
import { judgeUse } from './judge'
import { saveUses } from './use-saver'

/** Of each of the two reads; a person waits for both. */
const LONGEST_MS = 4_000

/** @throws as `findAccount` and `readAccountUse` do; Problem 429 */
export async function readNumberUse(
  ctx: Context,
  asked: Session,
  { number, accountId }: Pick<NumberUse, 'number' | 'accountId'>,
  signal: AbortSignal,
): Promise<NumberUse> {
  const release = take(ctx, 'uses', asked.identity)
  try {
    const session = await withRoot(ctx, asked)
    await findAccount(ctx, session, accountId, signal)
    const use = await readAccountUse(ctx, session, accountId, signal)
    await saveUses(ctx, session, [use])
    return numberUse(use, number)
  } finally {
    release()
  }
}

/**
 * What Vida says of an account's calls and texts; that it says nothing is no failure. `scan`: one of thousands, which
 * waits its turn. @throws VidaFailure where Vida did not answer; Problem `signed_out`; AbortError
 */
export async function readAccountUse(
  ctx: Context,
  session: Session,
  accountId: string,
  signal: AbortSignal,
  priority: 'now' | 'scan' = 'now',
): Promise<AccountUse> {
  const now = ctx.clock.now()
  const readAt = new Date(now).toISOString()
  const held = await knownNumbers(ctx, session.identity, accountId)
  const client = ctx.vida(session)
  const options: ReadOptions = { signal, priority, ...(priority === 'now' && { totalMs: LONGEST_MS }) }
  const messages = await ask(ctx, session, 'messages_offered', () =>
    client.messages(accountId, held && new Set(held), options),
  )
  if (messages && messages.entries.length > 0) return judgeUse({ accountId, readAt, found: messages, isCounted: true })
  const logs = await ask(ctx, session, 'logs_offered', () => client.logs(accountId, now, options))
  return judgeUse({ accountId, readAt, found: logs ?? NOTHING, isCounted: false })
}

const NOTHING: UseEntries = { entries: [], isOfAccount: false, isWithoutGap: false, foreign: 0 }

/** Null: Vida does not offer this, or not of this account. */
async function ask(
  ctx: Context,
  session: Session,
  fact: 'messages_offered' | 'logs_offered',
  read: () => Promise<UseEntries>,
): Promise<UseEntries | null> {
  const { identity } = session
  const known = await finding(ctx, identity, fact)
  if (known === false) return null
  const note = async (value: boolean) => {
    if (known !== null) return
    // Another reading may have been answered meanwhile: one account that has none does not speak for all.
    if (!value && (await finding(ctx, identity, fact)) === true) return
    await saveFinding(ctx, identity, fact, value, ctx.clock.now())
  }
  try {
    const found = await read()
    await note(true)
    return found
  } catch (error) {
    if (!(error instanceof VidaFailure)) throw error
    if (error.code === 'unauthorized' && (await endIfRefused(ctx, session))) throw new Problem('signed_out')
    if (!isAnAnswer(error)) throw error
    if (isUseNotOffered(error)) await note(false)
    return null
  }
}

function isAnAnswer(failure: VidaFailure): boolean {
  const transient = ['read_failed', 'read_timed_out', 'read_busy', 'read_unreachable']
  return isUseNotOffered(failure) || !transient.includes(failure.code)
}
