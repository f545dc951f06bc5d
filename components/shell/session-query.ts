import { queryOptions } from '@tanstack/react-query'
import { request, send } from '@/lib/http/api'
import { shaped } from '@/lib/http/shape'
import type { SignedInAccount } from '@/lib/session/account'

const isSession = shaped<{ account: SignedInAccount }>('account')

let usedAt = 0

/** Notes that somebody is at the desk: the next look at the session then counts as activity. */
export function noteUse(): void {
  usedAt = Date.now()
}

const EVERY = 60_000

/** Looks each minute whether the session still lives, so that an ended one does not leave its numbers on a screen. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => request('/api/session', isSession, { signal, background: Date.now() - usedAt > EVERY }),
  refetchInterval: EVERY,
  refetchOnWindowFocus: 'always',
  staleTime: EVERY,
  retry: false,
})

export async function postSession(token: string): Promise<string> {
  const { account } = await request('/api/session', isSession, { method: 'POST', body: { token } })
  return account.id
}

export async function deleteSession({ everywhere }: { everywhere: boolean }): Promise<void> {
  await send(everywhere ? '/api/session?everywhere=1' : '/api/session', { method: 'DELETE' })
}
