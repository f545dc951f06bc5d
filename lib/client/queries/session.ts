import { queryOptions } from '@tanstack/react-query'
import { request, send } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { SignedInAccount } from '@/lib/domain/session/account'
import { type LocalTimes, localTimes, type SessionTimes } from '@/lib/domain/session/times'

const isSignedIn = shaped<{ account: SignedInAccount }>('account')
interface Session {
  account: SignedInAccount
  /** The name typed at sign-in; null: none. */
  operator: string | null
}

const isSession = shaped<Session & SessionTimes>('account', 'operator', 'now', 'idleEndsAt', 'endsAt', 'warnSeconds')

let usedAt = 0

/** Notes activity: the next read of the session then extends it. */
export function noteUse(): void {
  usedAt = Date.now()
}

const EVERY_MS = 60_000

async function getSession(signal: AbortSignal): Promise<Session & { times: LocalTimes }> {
  const now = Date.now()
  const answer = await request('/api/session', isSession, { signal, background: now - usedAt > EVERY_MS })
  const { account, operator } = answer
  return { account, operator, times: localTimes(answer, now) }
}

/** Polled, so that an ended session does not leave its numbers on a screen. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => getSession(signal),
  refetchInterval: EVERY_MS,
  refetchOnWindowFocus: 'always',
  staleTime: EVERY_MS,
  retry: false,
})

export async function postSession(signing: { token: string; operator: string | null }): Promise<string> {
  const { account } = await request('/api/session', isSignedIn, { method: 'POST', body: signing })
  return account.id
}

export async function deleteSession({ everywhere }: { everywhere: boolean }): Promise<void> {
  await send(everywhere ? '/api/session?everywhere=1' : '/api/session', { method: 'DELETE' })
}
