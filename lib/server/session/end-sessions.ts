import 'server-only'
import type { Context } from '@/lib/server/context/context'
import type { CancelFilter } from '@/lib/server/ledger/types'

type Reason = 'signed_out' | 'signed_in_again' | 'token_refused' | 'account_changed'

/** Ends sessions, and cancels what they confirmed and did not send. Nothing is sent without a live session. */
export async function endSessions(
  { sessions, ledger, log }: Context,
  which: CancelFilter,
  reason: Reason,
): Promise<void> {
  if ('identity' in which) await sessions.endAll(which.identity)
  else await sessions.end(which.sessionId)
  log('info', 'session_ended', { reason, everywhere: 'identity' in which })
  // If this fails, the returns end when they are about to be sent.
  await ledger.cancelUnsent(which).catch(() => log('error', 'held_returns_not_cancelled'))
}
