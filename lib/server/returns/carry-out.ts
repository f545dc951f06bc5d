import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { AssignedNumber } from '@/lib/domain/accounts/account'
import type { ReturnAnswer } from '@/lib/domain/returns/record'
import { Problem } from '@/lib/server/http/problem'
import { LedgerConflict } from '@/lib/server/ledger/errors'
import type { NewEvent } from '@/lib/server/ledger/types'
import { log } from '@/lib/server/process/log'
import { isStopping, onStop, tracked } from '@/lib/server/process/shutdown'
import { type Look, look } from '@/lib/server/scan/account-read'
import type { Session } from '@/lib/server/session/current'
import { endIfRefused } from '@/lib/server/session/end-if-refused'
import type { ReturnReply } from '@/lib/server/vida/client'
import { vidaFor } from '@/lib/server/vida/connection'
import { appendWithRetry } from './append-with-retry'
import { CHECKS_MS, keepChecking, meaningOf404 } from './check'
import { INSTANCE, LEASE_MS, ledger } from './current-ledger'

/** A return whose intent is in the ledger and whose number is locked. */
export interface OpenReturn {
  receiptId: string
  /** E.164. */
  number: string
  accountId: string | null
}

const NEVER_CONNECTED = 'No connection to Vida could be made, so nothing was sent. Try again in a minute.'
const LOST = 'It took so long until this return could be sent that it was given up. Nothing was sent. Try again.'

/**
 * Looks, sends once, and writes down what is known, step by step. Between the line “sending” and the outcome a crash
 * leaves an orphan that counts as unknown; before that line it is certain that nothing went out.
 * @throws Problem or LedgerUnavailable, only when nothing was sent.
 */
export async function carryOut(session: Session, open: OpenReturn): Promise<ReturnAnswer> {
  const release = await holdLease(open.receiptId)
  try {
    const before = await lookBefore(session, open)
    if (before?.kind === 'gone') {
      await append(open, { outcome: 'already_gone', how: 'read_before', gone: true })
      return { outcome: 'already_gone', message: null, receiptId: open.receiptId, numbers: before.numbers }
    }
    if (isStopping()) {
      await append(open, { outcome: 'not_sent', how: 'server_stopped' })
      throw new Problem('stopping')
    }
    if (before?.kind === 'unreadable') return await unreadable(session, open, before)
    const looked = Date.now()
    await aboutToSend(open)
    // After a long sleep of this machine what was seen and confirmed is stale, and the lock may be somebody else's.
    if (Date.now() - looked > LEASE_MS) {
      await appendWithRetry(open.receiptId, { outcome: 'not_sent', how: 'server_stopped' })
      throw new Problem('ledger_unavailable', { detail: LOST })
    }
    const reply = await vidaFor(session).returnNumber(open.number)
    return await conclude(session, open, reply)
  } catch (error) {
    // The lease ran out before the line “sending”, and whoever settled the orphan may have let another return begin.
    if (error instanceof LedgerConflict) throw new Problem('ledger_unavailable', { detail: LOST })
    throw error
  } finally {
    release()
  }
}

/** The line without which nothing is sent. Where it could not be written, the record is made to say that nothing was. */
async function aboutToSend(open: OpenReturn): Promise<void> {
  try {
    await append(open, { outcome: 'open', how: 'sending' })
  } catch (error) {
    // The line may stand there all the same, and an orphan that has it would count as unknown.
    if (!(error instanceof LedgerConflict))
      void tracked(appendWithRetry(open.receiptId, { outcome: 'not_sent', how: 'not_recorded' }))
    throw error
  }
}

/** From here on the request is out: whatever fails in our own house, the answer says what Vida's reply proves. */
async function conclude(session: Session, open: OpenReturn, reply: ReturnReply): Promise<ReturnAnswer> {
  const facts = { message: reply.message, httpStatus: reply.status, durationMs: reply.durationMs }
  const since = Date.now()
  const answer = (outcome: ReturnAnswer['outcome'], numbers: AssignedNumber[] | null) => {
    return { outcome, message: reply.message, receiptId: open.receiptId, numbers }
  }
  switch (reply.kind) {
    case 'not_sent':
      await appendWithRetry(open.receiptId, { outcome: 'not_sent', how: 'never_connected', ...facts })
      throw new Problem('vida_unreachable', { detail: NEVER_CONNECTED })
    case 'returned': {
      await appendWithRetry(open.receiptId, { outcome: 'returned', how: 'vida_answered', ...facts })
      const { gone, numbers } = await lookAfter(session, open)
      if (gone !== null) await appendWithRetry(open.receiptId, { outcome: 'returned', how: 'read_after', gone })
      if (!gone) keepChecking(session, { ...open, outcome: 'returned' }, { since, from: 1 })
      return answer('returned', numbers)
    }
    case 'refused': {
      // What a 404 means is known only after the account was read; whoever adopts this return needs Vida's words for it.
      const unclear = reply.status === 404 && open.accountId !== null
      await appendWithRetry(open.receiptId, { outcome: unclear ? 'open' : 'refused', how: 'vida_answered', ...facts })
      const { gone, numbers } = await lookAfter(session, open)
      const outcome = unclear ? meaningOf404(gone) : 'refused'
      // The facts again: the line above is not there if this return was taken for an orphan meanwhile.
      if (unclear) await appendWithRetry(open.receiptId, { outcome, how: 'read_after', gone, ...facts })
      else if (gone !== null) await appendWithRetry(open.receiptId, { outcome, how: 'read_after', gone })
      if (reply.status === 401) await endIfRefused(session).catch(() => log('error', 'sessions_not_ended'))
      return answer(outcome, numbers)
    }
    case 'unknown': {
      const how = reply.status === null ? 'no_answer' : 'unclear_answer'
      await appendWithRetry(open.receiptId, { outcome: 'unknown', how, ...facts })
      if (open.accountId !== null) await delay(Math.max(0, since + CHECKS_MS[0] - Date.now()))
      const { gone, numbers } = await lookAfter(session, open)
      const outcome = gone ? 'returned' : 'unknown'
      if (gone !== null) await appendWithRetry(open.receiptId, { outcome, how: 'read_after', gone })
      if (!gone) keepChecking(session, { ...open, outcome }, { since, from: 1 })
      return answer(outcome, numbers)
    }
  }
}

/** The account was not readable just before, so nothing is sent; a token that Vida refuses ends the session. */
async function unreadable(
  session: Session,
  { receiptId }: OpenReturn,
  { failure }: Look & { kind: 'unreadable' },
): Promise<never> {
  const facts = { httpStatus: failure.status, message: failure.vidaMessage }
  await appendWithRetry(receiptId, { outcome: 'not_sent', how: 'unreadable_before', ...facts })
  if (failure.code === 'unauthorized' && (await endIfRefused(session))) throw new Problem('signed_out')
  throw new Problem('account_unreadable')
}

/** A look that a shutdown cuts short: its result would be of no use then. Null: no account to look at, or cut short. */
async function lookBefore(session: Session, { accountId, number }: OpenReturn): Promise<Look | null> {
  if (accountId === null) return null
  const stop = new AbortController()
  const forget = onStop(() => stop.abort())
  try {
    return await look(session, accountId, number, { signal: stop.signal })
  } catch (error) {
    if (isStopping()) return null
    throw error
  } finally {
    forget()
  }
}

/** `gone` is null where the account was not read completely. */
async function lookAfter(session: Session, { accountId, number }: OpenReturn) {
  const nothing = { gone: null, numbers: null }
  if (accountId === null) return nothing
  const after = await look(session, accountId, number).catch(() => null)
  if (after === null || after.kind === 'unreadable') return nothing
  return { gone: after.kind === 'gone', numbers: after.numbers }
}

async function append({ receiptId }: OpenReturn, event: NewEvent): Promise<void> {
  await (await ledger()).append(receiptId, event)
}

/** Renews the intent's lease until it is let go. A renewal that fails is tried again with the next one. */
async function holdLease(receiptId: string): Promise<() => void> {
  const book = await ledger()
  const timer = setInterval(() => {
    book.renew([receiptId], INSTANCE, LEASE_MS).catch(() => {})
  }, LEASE_MS / 4)
  timer.unref()
  return () => clearInterval(timer)
}
