import 'server-only'
import type { AssignedNumber } from '@/lib/domain/accounts/account'
import type { Proof, ReturnAnswer } from '@/lib/domain/returns/record'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { LedgerConflict } from '@/lib/server/ledger/errors'
import { scopeOf } from '@/lib/server/ledger/types'
import { type AccountRead, readAccount } from '@/lib/server/scan/account-read'
import type { Session } from '@/lib/server/session/current'
import { endIfRefused } from '@/lib/server/session/end-if-refused'
import type { ReturnConnection, ReturnReply } from '@/lib/server/vida/client'
import { appendWithRetry } from './append-with-retry'
import { CHECKS_MS, meaningOf404, scheduleChecks } from './check'
import { checkAccount } from './check-account'
import { problemOfNotSent, proofOfNotSent } from './not-sent'

export interface OpenReturn {
  receiptId: string
  number: string
  accountId: string | null
  /** Whether the intent says the account's name. */
  isNamed: boolean
  holdMs: number
  sendsAt: string | null
}

/** How old the reading that found the number may be when the request is sent. */
const MOST_READ_AGE_MS = 15_000

/** Reads the account, sends once, records the outcome. @throws Problem, LedgerUnavailable: only if nothing was sent. */
export async function carryOut(ctx: Context, session: Session, open: OpenReturn): Promise<ReturnAnswer> {
  const release = holdLease(ctx, open.receiptId)
  try {
    const before = await prepare(ctx, session, open)
    if (before?.kind === 'gone') {
      await ctx.ledger.append(open.receiptId, { outcome: 'already_gone', how: 'read_before', gone: true })
      return { outcome: 'already_gone', message: null, receiptId: open.receiptId, numbers: before.numbers }
    }
    const connection = await connect(ctx, session, open)
    try {
      await begin(ctx, open, before)
      // In this turn: nothing else can run between the look at the clock and the first byte.
      const reply = connection.send(open.number)
      return await conclude(ctx, session, open, await reply)
    } finally {
      connection.close()
    }
  } catch (error) {
    // A person, a sign-out or another instance ended it meanwhile; the record says which.
    if (error instanceof LedgerConflict) throw endedBy(ctx, await lastProof(ctx, session, open.receiptId))
    throw error
  } finally {
    release()
  }
}

type Before = Exclude<AccountRead, { kind: 'unreadable' }> & { readAt: number }

/** Everything that comes before the connection. What prevents the return is recorded. Null: there is no account. */
async function prepare(ctx: Context, session: Session, open: OpenReturn): Promise<Before | null> {
  const { receiptId, number, accountId } = open
  let found: AccountRead | null
  try {
    await hold(ctx, session, open)
    if (accountId !== null) {
      const account = await checkAccount(ctx, session, number, accountId)
      if (!open.isNamed) await ctx.ledger.nameAccount(receiptId, account)
    }
    found = await readBefore(ctx, session, open)
    if (ctx.shutdown.isStopping()) throw new Problem('stopping')
  } catch (error) {
    await appendWithRetry(ctx, receiptId, { outcome: 'not_sent', how: proofOfNotSent(error) })
    throw error
  }
  if (found?.kind === 'unreadable') return unreadable(ctx, session, open, found)
  return found && { ...found, readAt: ctx.clock.now() }
}

async function hold(ctx: Context, session: Session, { receiptId, holdMs }: OpenReturn): Promise<void> {
  if (holdMs === 0) return
  const stop = new AbortController()
  const forget = ctx.shutdown.onStop(() => stop.abort())
  // The listeners are called once; a stop may have come before this one was there.
  if (ctx.shutdown.isStopping()) stop.abort()
  await ctx.clock.sleep(holdMs, { signal: stop.signal }).catch(() => {})
  forget()
  if (ctx.shutdown.isStopping()) throw new Problem('stopping')
  const record = await ctx.ledger.get(scopeOf(session), receiptId)
  if (record && record.outcome !== 'open') throw endedBy(ctx, record.events.at(-1)?.how ?? 'lease_lost')
}

async function connect(ctx: Context, session: Session, { receiptId }: OpenReturn): Promise<ReturnConnection> {
  const stop = new AbortController()
  const forget = ctx.shutdown.onStop(() => stop.abort())
  const connection = await ctx.vida(session).connectForReturn(stop.signal)
  forget()
  if (connection && !ctx.shutdown.isStopping()) return connection
  connection?.close()
  if (ctx.shutdown.isStopping()) {
    await appendWithRetry(ctx, receiptId, { outcome: 'not_sent', how: 'server_stopped' })
    throw new Problem('stopping')
  }
  await appendWithRetry(ctx, receiptId, { outcome: 'not_sent', how: 'never_connected' })
  throw problemOfNotSent('never_connected')
}

/** Nothing is sent without the event `sending`; a crash after it leaves the outcome unknown. If it fails: `not_sent`. */
async function begin(ctx: Context, { receiptId }: OpenReturn, before: Before | null): Promise<void> {
  const { id: instance, leaseMs } = ctx.instance
  const startedAt = ctx.clock.now()
  const answer = await ctx.ledger
    .beginSending(receiptId, { instance, leaseMs, proven: before?.kind === 'there' })
    .catch((error: unknown) => {
      // The event may be in the ledger all the same, and an orphan that has it would count as unknown.
      if (!(error instanceof LedgerConflict))
        void ctx.shutdown.tracked(appendWithRetry(ctx, receiptId, { outcome: 'not_sent', how: 'not_recorded' }))
      throw error
    })
  if (answer.kind === 'locked') throw problemOfNotSent('held_elsewhere')
  if (answer.kind === 'ended') throw endedBy(ctx, answer.how)
  if (ctx.shutdown.isStopping()) {
    await appendWithRetry(ctx, receiptId, { outcome: 'not_sent', how: 'server_stopped' })
    throw new Problem('stopping')
  }
  // If the machine slept, the lock may be another's by now, and the reading says nothing any more.
  const now = ctx.clock.now()
  if (now - startedAt < leaseMs && now - (before?.readAt ?? now) < MOST_READ_AGE_MS) return
  await appendWithRetry(ctx, receiptId, { outcome: 'not_sent', how: 'lease_lost' })
  throw problemOfNotSent('lease_lost')
}

async function lastProof(ctx: Context, session: Session, receiptId: string): Promise<Proof> {
  const record = await ctx.ledger.get(scopeOf(session), receiptId)
  return record?.events.at(-1)?.how ?? 'lease_lost'
}

/** Another instance may have settled the return because this one was interrupted. */
function endedBy({ shutdown }: Context, how: Proof): Problem {
  return problemOfNotSent(how === 'server_stopped' && !shutdown.isStopping() ? 'lease_lost' : how)
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
      throw problemOfNotSent('never_connected')
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
