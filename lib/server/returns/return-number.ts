import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import type { ReturnAnswer } from '@/lib/domain/returns/record'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { scopeOf } from '@/lib/server/ledger/types'
import { isE164 } from '@/lib/server/phone/e164'
import { readAccount } from '@/lib/server/scan/account-read'
import { findAccount, isVidaId, knownAccountsHolding } from '@/lib/server/scan/hierarchy'
import type { Session } from '@/lib/server/session/current'
import { endIfRefused } from '@/lib/server/session/end-if-refused'
import { carryOut } from './carry-out'

export interface ReturnOrder {
  number: string
  /** The account that was confirmed; null: returned by hand. */
  accountId: string | null
  note: string | null
  batchId?: string | null
}

/** Sends one request at most and ignores disconnects. @throws Problem, LedgerUnavailable: only if nothing was sent. */
export function returnNumber(ctx: Context, session: Session, order: ReturnOrder): Promise<ReturnAnswer> {
  return ctx.shutdown.tracked(run(ctx, session, order))
}

async function run(ctx: Context, session: Session, order: ReturnOrder): Promise<ReturnAnswer> {
  if (!session.account.canReturn) throw new Problem('not_allowed')
  if (!isE164(order.number)) throw new Problem('invalid_number')
  if (order.accountId !== null && !isVidaId(order.accountId)) throw new Problem('invalid_account')
  if (ctx.shutdown.isStopping()) throw new Problem('stopping')
  const account = await accountFor(ctx, session, order)
  const { receiptId } = await intend(ctx, session, order, account)
  return carryOut(ctx, session, { receiptId, number: order.number, accountId: account?.id ?? null })
}

async function accountFor(ctx: Context, session: Session, { number, accountId }: ReturnOrder): Promise<Account | null> {
  const named = accountId === null ? null : await findAccount(ctx, session, accountId)
  const known = await knownAccountsHolding(ctx, session.identity, number)
  const candidates = [...(named ? [named] : []), ...known.filter((account) => account.id !== named?.id)]
  const [first = null] = candidates
  return candidates.length > 1 ? await accountByReading(ctx, session, candidates, named, number) : first
}

/** Several accounts may hold the number, so all are read. The named account is returned even if it does not hold it. */
async function accountByReading(
  ctx: Context,
  session: Session,
  candidates: readonly Account[],
  named: Account | null,
  number: string,
) {
  const reads = await Promise.all(
    candidates.map(async (account) => ({ account, found: await readAccount(ctx, session, account.id, number) })),
  )
  const there = reads.filter(({ found }) => found.kind === 'there')
  const unread = reads.filter(({ found }) => found.kind === 'unreadable')
  if (there.length > 1) throw new Problem('number_in_two_accounts')
  if (there.length + unread.length > 1) {
    const refused = unread.some(({ found }) => found.kind === 'unreadable' && found.failure.code === 'unauthorized')
    if (refused && (await endIfRefused(ctx, session))) throw new Problem('signed_out')
    throw new Problem('account_unreadable')
  }
  return named ?? there[0]?.account ?? unread[0]?.account ?? candidates[0] ?? null
}

async function intend(ctx: Context, session: Session, order: ReturnOrder, account: Account | null) {
  const intended = await ctx.ledger.intend({
    scope: scopeOf(session),
    identity: session.identity,
    by: { id: session.account.id, name: session.account.name, role: session.account.role },
    number: order.number,
    accountId: account?.id ?? null,
    accountName: account?.name ?? null,
    organizationId: account?.organizationId ?? null,
    organizationName: account?.organizationName ?? null,
    note: order.note,
    batchId: order.batchId ?? null,
    instance: ctx.instance.id,
    leaseMs: ctx.instance.leaseMs,
  })
  if (intended.kind === 'in_progress') throw new Problem('return_in_progress')
  if (intended.kind === 'unsettled') throw new Problem('return_unsettled')
  return { receiptId: intended.receiptId }
}
