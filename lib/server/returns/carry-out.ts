import 'server-only'
import type { AssignedNumber } from '@/lib/domain/accounts/account'
import type { Proof, ReturnAnswer } from '@/lib/domain/returns/record'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { LedgerConflict } from '@/lib/server/ledger/errors'
import { scopeOf } from '@/lib/server/ledger/types'
import { type AccountRead, readAccount } from '@/lib/server/scan/account-read'
import { endIfRefused, mayStillReturn } from '@/lib/server/session/ask-again'
import type { Session } from '@/lib/server/session/current'
import type { ReturnConnection, ReturnReply } from '@/lib/server/vida/client'
import { appendWithRetry } from './append-with-retry'
import { CHECKS_MS, meaningOf404, scheduleChecks } from './check'
import { checkAccount, type NamedAccount } from './check-account'
import { problemOfNotSent, proofOfNotSent } from './not-sent'

export interface OpenReturn {
  receiptId: string
  number: string
  accountId: string | null
  /** The account that was confirmed, which is still to be checked; null: returned by hand. */
  named: NamedAccount | null
  holdMs: number
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
    if (error instanceof LedgerConflict)
      throw endedBy(ctx, (await lastProof(ctx, session, open.receiptId)) ?? 'lease_lost')
    throw error
  } finally {
    release()
  }
}

type Before = Exclude<AccountRead, { kind: 'unreadable' }> & { readAt: number }

/** Everything that comes before the connection. What prevents the return is recorded. Null: there is no account. */
async function prepare(ctx: Context, session: Session, open: OpenReturn): Promise<Before | null> {
  let readAt = ctx.clock.now()
  const reading = () => {
    readAt = ctx.clock.now()
  }
  const found = await holdAndRead(ctx, session, open, reading).catch(async (error: unknown) => {
    // What fails then was aborted.
    const problem = ctx.shutdown.isStopping() ? new Problem('stopping') : error
    await appendWithRetry(ctx, open.receiptId, { outcome: 'not_sent', how: proofOfNotSent(problem) })
    throw problem
  })
  if (ctx.shutdown.isStopping()) return notSent(ctx, open.receiptId, 'server_stopped')
  if (found?.kind === 'unreadable') return unreadable(ctx, session, open, found)
  return found && { ...found, readAt }
}

/** @param reading is called when the read that decides begins. */
async function holdAndRead(
  ctx: Context,
  session: Session,
  open: OpenReturn,
  reading: () => void,
): Promise<AccountRead | null> {
  const { receiptId, number, accountId, named } = open
  await hold(ctx, session, open)
  const current = await mayStillReturn(ctx, session)
  if (named) {
    const account = await checkAccount(ctx, current, number, named)
    if (!named.isKnown) await ctx.ledger.nameAccount(receiptId, account)
  }
  if (accountId === null) return null
  reading()
  return readAccount(ctx, session, accountId, number, { signal: ctx.shutdown.signal() })
}

async function hold(ctx: Context, session: Session, { receiptId, holdMs }: OpenReturn): Promise<void> {
  if (holdMs === 0) return
  await ctx.clock.sleep(holdMs, { signal: ctx.shutdown.signal() }).catch(() => {})
  const how = await lastProof(ctx, session, receiptId)
  if (how !== null) throw endedBy(ctx, how)
}

async function connect(ctx: Context, session: Session, { receiptId }: OpenReturn): Promise<ReturnConnection> {
  const connection = await ctx.vida(session).connectForReturn(ctx.shutdown.signal())
  if (!ctx.shutdown.isStopping()) return connection ?? notSent(ctx, receiptId, 'never_connected')
  connection?.close()
  return notSent(ctx, receiptId, 'server_stopped')
}

async function notSent(ctx: Context, receiptId: string, how: Proof): Promise<never> {
  await appendWithRetry(ctx, receiptId, { outcome: 'not_sent', how })
  throw problemOfNotSent(how)
}

/** Nothing is sent without the event `sending`; a crash after it leaves the outcome unknown. If it fails: `not_sent`. */
async function begin(ctx: Context, { receiptId }: OpenReturn, before: Before | null): Promise<void> {
  const { id: instance, leaseMs } = ctx.instance
  const startedAt = ctx.clock.now()
  const wallAt = Date.now()
  const answer = await ctx.ledger
    .beginSending(receiptId, { instance, leaseMs, proven: before?.kind === 'there' })
    .catch((error: unknown) => {
      // The event may be in the ledger all the same, and an orphan that has it would count as unknown.
      if (!(error instanceof LedgerConflict))
        void ctx.shutdown.tracked(appendWithRetry(ctx, receiptId, { outcome: 'not_sent', how: 'not_recorded' }))
      throw error
    })
  if (answer.kind === 'ended') throw endedBy(ctx, answer.how)
  if (ctx.shutdown.isStopping()) return notSent(ctx, receiptId, 'server_stopped')
  // If the machine slept, the lock may be another's by now, and the reading says nothing any more.
  const now = ctx.clock.now()
  // The clock of PostgreSQL is followed by a monotonic one, which may stand still in sleep.
  const isFresh =
    Math.max(now - startedAt, Date.now() - wallAt) < leaseMs && now - (before?.readAt ?? now) < MOST_READ_AGE_MS
  if (!isFresh) return notSent(ctx, receiptId, 'lease_lost')
}

async function lastProof({ ledger }: Context, session: Session, receiptId: string): Promise<Proof | null> {
  const record = await ledger.get(scopeOf(session), receiptId)
  return record?.events.at(-1)?.how ?? null
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
      const asked = endIfRefused(ctx, session).catch(() => ctx.log('error', 'sessions_not_ended'))
      // Only a 401 is likely to end the session, so only then the answer waits.
      if (reply.status === 401) await asked
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
