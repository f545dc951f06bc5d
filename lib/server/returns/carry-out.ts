import 'server-only'
import type { AssignedNumber } from '@/lib/domain/accounts/account'
import type { ReturnAnswer } from '@/lib/domain/returns/record'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { LedgerConflict } from '@/lib/server/ledger/errors'
import { type AccountRead, readAccount } from '@/lib/server/scan/account-read'
import type { Session } from '@/lib/server/session/current'
import { endIfRefused } from '@/lib/server/session/end-if-refused'
import type { ReturnReply } from '@/lib/server/vida/client'
import { appendWithRetry } from './append-with-retry'
import { CHECKS_MS, meaningOf404, scheduleChecks } from './check'

export interface OpenReturn {
  receiptId: string
  number: string
  accountId: string | null
}

const NEVER_CONNECTED = 'No connection to Vida could be made, so nothing was sent. Try again in a minute.'
const TOO_LATE = 'It took too long until this return could be sent. Nothing was sent. Try again.'

/** Reads the account, sends once, records the outcome. @throws Problem, LedgerUnavailable: only if nothing was sent. */
export async function carryOut(ctx: Context, session: Session, open: OpenReturn): Promise<ReturnAnswer> {
  const release = holdLease(ctx, open.receiptId)
  try {
    const before = await readBefore(ctx, session, open)
    if (before?.kind === 'gone') {
      await ctx.ledger.append(open.receiptId, { outcome: 'already_gone', how: 'read_before', gone: true })
      return { outcome: 'already_gone', message: null, receiptId: open.receiptId, numbers: before.numbers }
    }
    if (ctx.shutdown.isStopping()) {
      await ctx.ledger.append(open.receiptId, { outcome: 'not_sent', how: 'server_stopped' })
      throw new Problem('stopping')
    }
    if (before?.kind === 'unreadable') return await unreadable(ctx, session, open, before)
    const readAt = ctx.clock.now()
    await appendSending(ctx, open)
    // If the process was suspended, the account read is stale and another instance may hold the lock.
    if (ctx.clock.now() - readAt > ctx.instance.leaseMs) {
      await appendWithRetry(ctx, open.receiptId, { outcome: 'not_sent', how: 'server_stopped' })
      throw new Problem('ledger_unavailable', { detail: TOO_LATE })
    }
    const reply = await ctx.vida(session).returnNumber(open.number)
    return await conclude(ctx, session, open, reply)
  } catch (error) {
    // The lease expired before `sending`; another instance settled the orphan and may have begun another return.
    if (error instanceof LedgerConflict) throw new Problem('ledger_unavailable', { detail: TOO_LATE })
    throw error
  } finally {
    release()
  }
}

/** Nothing is sent without this event; a crash after it leaves the outcome unknown. If appending fails: `not_sent`. */
async function appendSending(ctx: Context, open: OpenReturn): Promise<void> {
  try {
    await ctx.ledger.append(open.receiptId, { outcome: 'open', how: 'sending' })
  } catch (error) {
    // The event may be in the ledger all the same, and an orphan that has it would count as unknown.
    if (!(error instanceof LedgerConflict))
      void ctx.shutdown.tracked(appendWithRetry(ctx, open.receiptId, { outcome: 'not_sent', how: 'not_recorded' }))
    throw error
  }
}

/** The request was sent: whatever fails here, the answer states what Vida's reply proves. */
async function conclude(ctx: Context, session: Session, open: OpenReturn, reply: ReturnReply): Promise<ReturnAnswer> {
  const facts = { message: reply.message, httpStatus: reply.status, durationMs: reply.durationMs }
  const since = ctx.clock.now()
  const answer = (outcome: ReturnAnswer['outcome'], numbers: AssignedNumber[] | null) => {
    return { outcome, message: reply.message, receiptId: open.receiptId, numbers }
  }
  switch (reply.kind) {
    case 'not_sent':
      await appendWithRetry(ctx, open.receiptId, { outcome: 'not_sent', how: 'never_connected', ...facts })
      throw new Problem('vida_unreachable', { detail: NEVER_CONNECTED })
    case 'returned': {
      await appendWithRetry(ctx, open.receiptId, { outcome: 'returned', how: 'vida_answered', ...facts })
      const { gone, numbers } = await readAfter(ctx, session, open)
      if (gone !== null) await appendWithRetry(ctx, open.receiptId, { outcome: 'returned', how: 'read_after', gone })
      if (!gone) scheduleChecks(ctx, session, { ...open, outcome: 'returned' }, { since, from: 1 })
      return answer('returned', numbers)
    }
    case 'refused': {
      // Only a read of the account shows what a 404 means; orphan recovery needs Vida's message for it.
      const unclear = reply.status === 404 && open.accountId !== null
      await appendWithRetry(ctx, open.receiptId, {
        outcome: unclear ? 'open' : 'refused',
        how: 'vida_answered',
        ...facts,
      })
      const { gone, numbers } = await readAfter(ctx, session, open)
      const outcome = unclear ? meaningOf404(gone) : 'refused'
      // With the facts: the event above is missing if this return was settled as an orphan in the meantime.
      if (unclear) await appendWithRetry(ctx, open.receiptId, { outcome, how: 'read_after', gone, ...facts })
      else if (gone !== null) await appendWithRetry(ctx, open.receiptId, { outcome, how: 'read_after', gone })
      if (reply.status === 401) await endIfRefused(ctx, session).catch(() => ctx.log('error', 'sessions_not_ended'))
      return answer(outcome, numbers)
    }
    case 'unknown': {
      const how = reply.status === null ? 'no_answer' : 'unclear_answer'
      await appendWithRetry(ctx, open.receiptId, { outcome: 'unknown', how, ...facts })
      if (open.accountId !== null) await ctx.clock.sleep(Math.max(0, since + CHECKS_MS[0] - ctx.clock.now()))
      const { gone, numbers } = await readAfter(ctx, session, open)
      const outcome = gone ? 'returned' : 'unknown'
      if (gone !== null) await appendWithRetry(ctx, open.receiptId, { outcome, how: 'read_after', gone })
      if (!gone) scheduleChecks(ctx, session, { ...open, outcome }, { since, from: 1 })
      return answer(outcome, numbers)
    }
  }
}

async function unreadable(
  ctx: Context,
  session: Session,
  { receiptId }: OpenReturn,
  { failure }: AccountRead & { kind: 'unreadable' },
): Promise<never> {
  const facts = { httpStatus: failure.status, message: failure.vidaMessage }
  await appendWithRetry(ctx, receiptId, { outcome: 'not_sent', how: 'unreadable_before', ...facts })
  if (failure.code === 'unauthorized' && (await endIfRefused(ctx, session))) throw new Problem('signed_out')
  throw new Problem('account_unreadable')
}

/** A shutdown aborts the read, because nothing is sent after it. Null: no account, or aborted. */
async function readBefore(
  ctx: Context,
  session: Session,
  { accountId, number }: OpenReturn,
): Promise<AccountRead | null> {
  if (accountId === null) return null
  const stop = new AbortController()
  const forget = ctx.shutdown.onStop(() => stop.abort())
  try {
    return await readAccount(ctx, session, accountId, number, { signal: stop.signal })
  } catch (error) {
    if (ctx.shutdown.isStopping()) return null
    throw error
  } finally {
    forget()
  }
}

async function readAfter(ctx: Context, session: Session, { accountId, number }: OpenReturn) {
  const nothing = { gone: null, numbers: null }
  if (accountId === null) return nothing
  const after = await readAccount(ctx, session, accountId, number).catch(() => null)
  if (after === null || after.kind === 'unreadable') return nothing
  return { gone: after.kind === 'gone', numbers: after.numbers }
}

function holdLease({ ledger, instance }: Context, receiptId: string): () => void {
  const timer = setInterval(() => {
    ledger.renew(receiptId, instance.id, instance.leaseMs).catch(() => {})
  }, instance.leaseMs / 4)
  timer.unref()
  return () => clearInterval(timer)
}
