import 'server-only'
import type { ProblemCode } from '@/lib/domain/problems/codes'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import type { Rate } from '@/lib/server/process/token-buckets'

/** Refused tokens of one client; further ones are refused without asking Vida. */
const EACH_CLIENT = { size: 10, perSecond: 0.2 }
/** Refused tokens of all together; further tries wait, because another client may have the right token. */
const ALL = { size: 40, perSecond: 1 }
const EACH_IDENTITY = { size: 30, perSecond: 0.5 }

const LONGEST_WAIT_MS = 5_000
const MOST_WAITING = 200

const REFUSALS = new Set<ProblemCode>(['token_refused', 'account_not_allowed'])

type Parts = Pick<Context, 'shared' | 'clock' | 'limits'>

/** @throws Problem `too_many_tries` from an empty bucket, which stays as it is. */
async function take({ limits }: Parts, key: string, rate: Rate): Promise<void> {
  const seconds = await limits.take(key, rate)
  if (seconds > 0) throw tooManyTries(seconds)
}

function tooManyTries(seconds: number): Problem {
  return new Problem('too_many_tries', { headers: { 'retry-after': String(Math.ceil(seconds)) } })
}

/**
 * Asks Vida about a token that somebody brings. What is refused is charged to the client and to all clients together.
 * @param client its address from a trusted proxy; null: not known, and then it may be anybody, so nobody is shut out.
 * @throws Problem `too_many_tries`, and what `ask` throws.
 */
export async function limitTries<T>(ctx: Parts, client: string | null, ask: () => Promise<T>): Promise<T> {
  // Charged before Vida is asked, so that tries at the same time count; what is not refused is given back.
  if (client !== null) await take(ctx, `client ${client}`, EACH_CLIENT)
  const left = await ctx.limits.change('all', ALL, -1)
  const waitMs = Math.min(LONGEST_WAIT_MS, (-left / ALL.perSecond) * 1000)
  let refused = false
  try {
    if (waitMs > 0) await waitForTurn(ctx, waitMs)
    return await ask()
  } catch (error) {
    refused = error instanceof Problem && REFUSALS.has(error.code)
    if (refused && client === null && waitMs > 0) throw tooManyTries(waitMs / 1000)
    throw error
  } finally {
    if (!refused) {
      if (client !== null) await ctx.limits.change(`client ${client}`, EACH_CLIENT, 1)
      await ctx.limits.change('all', ALL, 1)
    }
  }
}

/** Charges a token that was accepted. @throws Problem `too_many_tries` */
export async function countSignIn(ctx: Parts, identity: string): Promise<void> {
  await take(ctx, `identity ${identity}`, EACH_IDENTITY)
}

/** When too many wait, the longest waiting goes on at once: nobody is sent away. */
async function waitForTurn(ctx: Parts, ms: number): Promise<void> {
  // The longest waiting first.
  const waiting = ctx.shared('sign-in-tries', () => new Set<AbortController>())
  const [longest] = waiting
  if (longest && waiting.size >= MOST_WAITING) {
    waiting.delete(longest)
    longest.abort()
  }
  const mine = new AbortController()
  waiting.add(mine)
  await ctx.clock.sleep(ms, { signal: mine.signal }).catch(() => undefined)
  waiting.delete(mine)
}
