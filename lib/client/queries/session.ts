import { queryOptions } from '@tanstack/react-query'
import { request, send } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { SignedInAccount } from '@/lib/domain/session/account'
import { type LocalTimes, localTimes, type SessionTimes } from '@/lib/domain/session/times'

const isSignedIn = shaped<{ account: SignedInAccount }>('account')
const isSession = shaped<{ account: SignedInAccount } & SessionTimes>(
  'account',
  'now',
  'idleEndsAt',
  'endsAt',
  'warnSeconds',
)

let usedAt = 0

/** Notes that somebody is at the desk: the next look at the session then counts as activity. */
export function noteUse(): void {
  usedAt = Date.now()
}

const EVERY = 60_000

async function getSession(signal: AbortSignal): Promise<{ account: SignedInAccount; times: LocalTimes }> {
  const now = Date.now()
  const answer = await request('/api/session', isSession, { signal, background: now - usedAt > EVERY })
  return { account: answer.account, times: localTimes(answer, now) }
}

/** Looks each minute whether the session still lives, so that an ended one does not leave its numbers on a screen. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => getSession(signal),
  refetchInterval: EVERY,
  refetchOnWindowFocus: 'always',
  staleTime: EVERY,
  retry: false,
})

export async function postSession(token: string): Promise<string> {
  const { account } = await request('/api/session', isSignedIn, { method: 'POST', body: { token } })
  return account.id
}

export async function deleteSession({ everywhere }: { everywhere: boolean }): Promise<void> {
  await send(everywhere ? '/api/session?everywhere=1' : '/api/session', { method: 'DELETE' })
}
