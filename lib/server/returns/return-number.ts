import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import type { HeldReturn, ReturnAnswer, UseWhenReturned } from '@/lib/domain/returns/record'
import { count, releasedOnFailure, take } from '@/lib/server/budgets/budgets'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { type ClientRequest, scopeOf } from '@/lib/server/ledger/types'
import { isE164 } from '@/lib/server/phone/e164'
import { traceId } from '@/lib/server/process/trace'
import { requireUnprotected } from '@/lib/server/protections/protections'
import { accountsKnownToHold, isVidaId, knownById } from '@/lib/server/scan/hierarchy'
import type { Session } from '@/lib/server/session/current'
import { requireMayReturn } from '@/lib/server/session/may-return'
import { carryOut, type OpenReturn } from './carry-out'
import { accountByReading } from './check-account'
import { requestOf, requireReason } from './confirmation'
import { knownUse } from './known-use'
import { answerOfRepeated, heldAnswer } from './repeated'

export interface ReturnOrder {
  number: string
  /** The account that was confirmed; null: returned by hand. */
  accountId: string | null
  reason?: string | null
  note: string | null
  batchId?: string | null
  /** A UUID of the client's: the same one never makes a second return. */
  requestId?: string | null
}

/** Sends one request at most and ignores disconnects. @throws Problem, LedgerUnavailable: only if nothing was sent. */
export async function returnNumber(ctx: Context, session: Session, order: ReturnOrder): Promise<ReturnAnswer> {
  const { isNew, release } = await countReturn(ctx, session, order, 0)
  const confirmAndSend = async () => {
    const confirmed = await confirm(ctx, session, order, { holdMs: 0, isNew })
    if (confirmed.kind === 'repeated') return answerOfRepeated(ctx, session, confirmed.receiptId)
    return carryOut(ctx, session, confirmed.open)
  }
  return ctx.shutdown.tracked(confirmAndSend().finally(release))
}

/** Answers once the intent stands; the request is sent `holdMs` later, unless it is undone. Throws as `returnNumber`. */
export async function holdReturn(
  ctx: Context,
  session: Session,
  order: ReturnOrder,
  holdMs: number,
): Promise<HeldReturn> {
  const { isNew, release } = await countReturn(ctx, session, order, holdMs)
  const confirming = ctx.shutdown.tracked(confirm(ctx, session, order, { holdMs, isNew }))
  const confirmed = await releasedOnFailure(release, confirming)
  if (confirmed.kind === 'repeated') {
    release()
    return heldAnswer(ctx, session, confirmed.receiptId)
  }
  const { sendsAt, open } = confirmed
  const { receiptId } = open
  // Its outcome, also a problem, is in the ledger.
  ctx.shutdown
    .tracked(carryOut(ctx, session, open).finally(release))
    .catch(
      (error: unknown) => error instanceof Problem || ctx.log('error', 'held_return_failed', { receipt: receiptId }),
    )
  return { outcome: 'open', receiptId, sendsAt }
}

/**
 * Batches have a budget of their own, and what repeats a confirmation is never told that nothing was sent.
 * @returns `release`: to call when the return is over. @throws Problem 429
 */
async function countReturn(
  ctx: Context,
  session: Session,
  order: ReturnOrder,
  holdMs: number,
): Promise<{ isNew: boolean; release: () => void }> {
  if (order.batchId) return { isNew: true, release: () => {} }
  const request = requestFor(order, holdMs)
  if (request && (await ctx.ledger.sameRequest(scopeOf(session), request))) {
    return { isNew: false, release: take(ctx, 'repeats', session.identity) }
  }
  count(ctx, 'returns', session.identity)
  return { isNew: true, release: take(ctx, 'returns', session.identity) }
}

function requestFor(order: ReturnOrder, holdMs: number): ClientRequest | null {
  const { requestId, number, accountId, reason, note } = order
  return requestOf(requestId, [number, accountId, reason, note, holdMs])
}

type Confirmed = { kind: 'new'; sendsAt: string | null; open: OpenReturn } | { kind: 'repeated'; receiptId: string }

/** Makes the confirmation durable before anything is read from Vida; only a number in two accounts is looked up first. */
async function confirm(
  ctx: Context,
  session: Session,
  order: ReturnOrder,
  { holdMs, isNew }: { holdMs: number; isNew: boolean },
): Promise<Confirmed> {
  const { number, accountId } = order
  // What repeats a confirmation is told what came of that one.
  if (isNew) requireMayReturn(ctx, session.account)
  if (!isE164(number)) throw new Problem('invalid_number')
  if (accountId !== null && !isVidaId(accountId)) throw new Problem('invalid_account')
  // A batch was confirmed with its reason.
  if (isNew && !order.batchId) requireReason(ctx, order.reason)
  if (ctx.shutdown.isStopping()) throw new Problem('stopping')
  const { accounts: candidates, listedAt } = await accountsKnownToHold(ctx, session.identity, number)
  const account =
    accountId === null
      ? await accountByReading(ctx, session, { number, named: null, candidates })
      : await knownById(ctx, session, accountId)
  const id = accountId ?? account?.id ?? null
  if (id === null && isNew) count(ctx, 'returnsByHand', session.identity)
  // A batch was checked as a whole, and a number of it that is protected since gets a receipt that says so.
  if (isNew && !order.batchId) {
    const organizationId = account?.organizationId ?? null
    await requireUnprotected(ctx, session, { number, accountId: id, organizationId })
  }
  const use = await knownUse(ctx, session.identity, number, id)
  const intended = await intend(ctx, session, { order, accountId: id, account, listedAt, use, holdMs })
  const { receiptId } = intended
  switch (intended.kind) {
    case 'intended': {
      const named = accountId === null ? null : { id: accountId, isKnown: account !== null, candidates }
      return { kind: 'new', sendsAt: intended.sendsAt, open: { receiptId, number, accountId: id, named, holdMs } }
    }
    case 'repeated':
      return { kind: 'repeated', receiptId }
    case 'reused':
      throw new Problem('request_reused')
    case 'in_progress':
      throw new Problem('return_in_progress')
    case 'unsettled':
      throw new Problem('return_unsettled')
  }
}

interface ToIntend {
  order: ReturnOrder
  accountId: string | null
  /** What is known of the account without asking Vida. */
  account: Account | null
  listedAt: string | null
  use: UseWhenReturned
  holdMs: number
}

function intend(ctx: Context, session: Session, { order, account, accountId, listedAt, use, holdMs }: ToIntend) {
  return ctx.ledger.intend({
    scope: scopeOf(session),
    identity: session.identity,
    sessionId: session.id,
    by: { id: session.account.id, name: session.account.name, role: session.account.role },
    operator: session.operator,
    number: order.number,
    accountId,
    accountName: account?.name ?? null,
    organizationId: account?.organizationId ?? null,
    organizationName: account?.organizationName ?? null,
    reason: order.reason ?? null,
    note: order.note,
    batchId: order.batchId ?? null,
    listedAt,
    use,
    request: requestFor(order, holdMs),
    traceId: traceId(),
    holdMs,
    instance: ctx.instance.id,
    leaseMs: ctx.instance.leaseMs,
  })
}
