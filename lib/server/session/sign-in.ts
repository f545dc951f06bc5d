import 'server-only'
import { randomBytes } from 'node:crypto'
import type { SignedInAccount } from '@/lib/domain/session/account'
import { pastedToken } from '@/lib/domain/session/pasted-token'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { traceAccount } from '@/lib/server/process/trace'
import { VidaFailure } from '@/lib/server/vida/failure'
import type { VidaCaller } from '@/lib/server/vida/identity'
import { isAllowedAccount } from './allowed-account'
import { forgetAsked } from './ask-again'
import { endSession } from './current'
import { endSessions } from './end-sessions'
import { clearSeal, identityOf, openSeal, TOKEN_LIMIT, writeSeal } from './seal'
import { statedBy } from './stated'
import { countSignIn, limitTries } from './tries'

const PURGE_EVERY_MS = 10 * 60_000

interface Signing {
  token: string
  /** The name that the person typed; null: none. */
  operator: string | null
  /** The client's address; null: not known. */
  client: string | null
}

/** Ends this browser's earlier session. @throws Problem with the codes of `POST /api/session` (docs/http-api.md). */
export async function signIn(ctx: Context, { token: input, operator, client }: Signing): Promise<SignedInAccount> {
  const token = pastedToken(input)
  if (Buffer.byteLength(token) > TOKEN_LIMIT) throw new Problem('token_too_long')
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Problem('token_malformed')
  const startedAt = ctx.clock.now()
  if (ctx.settings.requireOperator && operator === null) throw new Problem('operator_required')
  const caller = await limitTries(ctx, client, () => admit(ctx, token))
  const { sessions, settings } = ctx
  // An idle session stays until its absolute end, because a batch that it began may still run.
  const earlier = await openSeal()
  const now = ctx.clock.now()
  const id = randomBytes(24).toString('base64url')
  const origin = settings.vidaBaseUrl
  const identity = identityOf(origin, caller.id, token)
  await countSignIn(ctx, identity)
  const { account, root } = (await statedBy(ctx, { token, identity }, caller, null)).stated
  forgetAsked(ctx, identity)
  const expiresAt = now + settings.sessionMaxSeconds * 1000
  await sessions.open({ id, identity, operator, origin, account, root, expiresAt })
  try {
    await writeSeal({ id, token, startedAt: now, seenAt: now })
  } catch {
    // The cookie would be too large for a browser (JSON escapes of the token lengthen it).
    await sessions.end(id)
    throw new Problem('token_too_long')
  }
  if (earlier) await endSessions(ctx, { sessionId: earlier.id }, 'signed_in_again')
  traceAccount(account.id)
  ctx.log('info', 'signed_in', { role: account.role, ms: ctx.clock.now() - startedAt })
  purge(ctx, now)
  return account
}

function purge({ sessions, limits, shared, log }: Context, now: number): void {
  const purged = shared('sessions-purged', () => ({ at: 0 }))
  if (now - purged.at < PURGE_EVERY_MS) return
  purged.at = now
  const purging = [sessions.purge(now), limits.purge(now)]
  Promise.all(purging).catch(() => log('error', 'sessions_not_purged'))
}

/** @throws Problem if Vida refuses the token, or this app its account. */
async function admit(ctx: Context, token: string): Promise<VidaCaller> {
  const caller = await readCaller(ctx, token)
  if (!isAllowedAccount(ctx.settings, caller.id)) throw new Problem('account_not_allowed')
  return caller
}

async function readCaller(ctx: Context, token: string): Promise<VidaCaller> {
  try {
    return await ctx.vida({ token, identity: null }).whoAmI()
  } catch (error) {
    if (!(error instanceof VidaFailure)) throw error
    if (error.code === 'unauthorized') throw new Problem('token_refused')
    if (error.code === 'read_refused') {
      const refusal = error.status === 403 || error.status === 200
      throw new Problem(refusal ? 'token_refused' : 'vida_not_understood')
    }
    throw error
  }
}

export async function signOut({ everywhere }: { everywhere: boolean }): Promise<void> {
  await endSession({ everywhere })
  await clearSeal()
}
