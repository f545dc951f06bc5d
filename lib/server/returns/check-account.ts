import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { readAccount } from '@/lib/server/scan/account-read'
import { findAccount } from '@/lib/server/scan/hierarchy'
import { endIfRefused } from '@/lib/server/session/ask-again'
import type { Session } from '@/lib/server/session/current'

interface Candidates {
  number: string
  named: Account | null
  candidates: readonly Account[]
}

export interface NamedAccount {
  id: string
  /** Whether the intent says its names. */
  isKnown: boolean
  /** The accounts that hold the number by what was read before. */
  candidates: readonly Account[]
}

/** That it is below the session's root, and no other account holds the number. May list the hierarchy. @throws Problem */
export async function checkAccount(
  ctx: Context,
  session: Session,
  number: string,
  { id, candidates }: NamedAccount,
): Promise<Account> {
  const named = await findAccount(ctx, session, id)
  await accountByReading(ctx, session, { number, named, candidates })
  return named
}

/** Several accounts may hold the number, so all are read. The named account is returned even if it does not hold it. */
export async function accountByReading(
  ctx: Context,
  session: Session,
  { number, named, candidates }: Candidates,
): Promise<Account | null> {
  const all = [...(named ? [named] : []), ...candidates.filter(({ id }) => id !== named?.id)]
  const [first = null] = all
  if (all.length < 2) return first
  const reads = await Promise.all(
    all.map(async (account) => ({ account, found: await readAccount(ctx, session, account.id, number) })),
  )
  const there = reads.filter(({ found }) => found.kind === 'there')
  const unread = reads.filter(({ found }) => found.kind === 'unreadable')
  if (there.length > 1) throw new Problem('number_in_two_accounts')
  if (there.length + unread.length > 1) {
    const refused = unread.some(({ found }) => found.kind === 'unreadable' && found.failure.code === 'unauthorized')
    if (refused && (await endIfRefused(ctx, session))) throw new Problem('signed_out')
    throw new Problem('account_unreadable')
  }
  return named ?? there[0]?.account ?? unread[0]?.account ?? first
}
