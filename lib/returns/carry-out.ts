import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { Problem } from '@/lib/http/problem'
import { type Look, look } from '@/lib/inventory/look'
import { LedgerConflict } from '@/lib/ledger/errors'
import { log } from '@/lib/process/log'
import { isStopping } from '@/lib/process/shutdown'
import type { Session } from '@/lib/session/current'
import { endIfRefused } from '@/lib/session/end-if-refused'
import type { ReturnReply } from '@/lib/vida/client'
import { vidaFor } from '@/lib/vida/connection'
import { INSTANCE, LEASE_MS, ledger } from './ledger-room'
import { firstCheck, keepChecking } from './reconcile'
import type { ReturnAnswer } from './record'

/** A return whose intent is in the ledger and whose number is locked. */
export interface OpenReturn {
  receiptId: string
  /** E.164. */
  number: string
  accountId: string | null
}

const NEVER_CONNECTED = 'No connection to Vida could be made, so nothing was sent. Try again in a minute.'

type Numbers = ReturnAnswer['numbers']

/**
 * Looks, sends once, and writes down what is known, step by step. Between the line “sending” and the outcome a crash
 * leaves an orphan that counts as unknown; before that line it is certain that nothing went out.
 * @throws Problem when nothing was sent.
 */
export async function carryOut(session: Session, open: OpenReturn): Promise<ReturnAnswer> {
  const release = await holdLease(open.receiptId)
  try {
    const before = open.accountId === null ? null : await look(session, open.accountId, open.number)
    if (before?.kind === 'gone') {
      await append(open, { outcome: 'already_gone', how: 'read_before', gone: true })
      return { outcome: 'already_gone', message: null, receiptId: open.receiptId, numbers: before.numbers }
    }
    if (before?.kind === 'unreadable') return await unreadable(session, open, before)
    if (isStopping()) {
      await append(open, { outcome: 'not_sent', how: 'server_stopped' })
      throw new Problem('stopping')
    }
    await append(open, { outcome: 'open', how: 'sending' })
    const reply = await vidaFor(session).returnNumber(open.number)
    return await conclude(session, open, reply)
  } finally {
    release()
  }
}

/** From here on the request is out: whatever fails in our own house, the answer says what Vida's reply proves. */
async function conclude(session: Session, open: OpenReturn, reply: ReturnReply): Promise<ReturnAnswer> {
  const facts = { message: reply.message, httpStatus: reply.status, durationMs: reply.durationMs }
  const answer = (outcome: ReturnAnswer['outcome'], numbers: Numbers) => {
    return { outcome, message: reply.message, receiptId: open.receiptId, numbers }
  }
  switch (reply.kind) {
    case 'not_sent':
      await insist(open, { outcome: 'not_sent', how: 'never_connected', ...facts })
      throw new Problem('vida_unreachable', { detail: NEVER_CONNECTED })
    case 'returned': {
      await insist(open, { outcome: 'returned', how: 'vida_answered', ...facts })
      const after = await lookAfter(session, open)
      if (after && after.kind !== 'unreadable') {
        await insist(open, { outcome: 'returned', how: 'read_after', gone: after.kind === 'gone' })
      }
      if (after && after.kind !== 'gone') keepChecking(session, { ...open, outcome: 'returned' })
      return answer('returned', numbersOf(after))
    }
    case 'refused': {
      const after = await lookAfter(session, open)
      if (reply.status === 404 && after?.kind === 'gone') {
        await insist(open, { outcome: 'already_gone', how: 'read_after', gone: true, ...facts })
        return answer('already_gone', after.numbers)
      }
      const gone = after && after.kind !== 'unreadable' ? after.kind === 'gone' : null
      await insist(open, { outcome: 'refused', how: 'vida_answered', gone, ...facts })
      if (reply.status === 401) await endIfRefused(session)
      return answer('refused', numbersOf(after))
    }
    case 'unknown': {
      await insist(open, { outcome: 'unknown', how: reply.status === null ? 'no_answer' : 'unclear_answer', ...facts })
      const watched = { ...open, outcome: 'unknown' } as const
      const { settled, numbers } = await firstCheck(session, watched)
      if (!settled) keepChecking(session, watched)
      return answer(settled ? 'returned' : 'unknown', numbers)
    }
  }
}

/** The account could not be read just before, so nothing is sent; a token that Vida refuses ends the session. */
async function unreadable(
  session: Session,
  open: OpenReturn,
  { failure }: Look & { kind: 'unreadable' },
): Promise<never> {
  await append(open, {
    outcome: 'not_sent',
    how: 'unreadable_before',
    httpStatus: failure.status,
    message: failure.vidaMessage,
  })
  if (failure.code === 'unauthorized' && (await endIfRefused(session))) throw new Problem('signed_out')
  throw new Problem('account_unreadable')
}

async function lookAfter(session: Session, { accountId, number }: OpenReturn): Promise<Look | null> {
  return accountId === null ? null : look(session, accountId, number)
}

function numbersOf(after: Look | null): Numbers {
  return after && after.kind !== 'unreadable' ? after.numbers : null
}

type NewEvent = Parameters<Awaited<ReturnType<typeof ledger>>['append']>[1]

async function append({ receiptId }: OpenReturn, event: NewEvent): Promise<void> {
  await (await ledger()).append(receiptId, event)
}

/**
 * Writes down what became of a request that is out. If the ledger stays out of reach the intent is left open there,
 * and its lease runs out: it is then settled by reading, like any orphan.
 */
async function insist(open: OpenReturn, event: NewEvent): Promise<void> {
  for (const wait of [100, 500, 2_000, 0]) {
    try {
      return await append(open, event)
    } catch (error) {
      if (error instanceof LedgerConflict) return
      if (wait === 0) log('error', 'outcome_not_recorded', { receipt: open.receiptId, outcome: event.outcome })
      else await delay(wait)
    }
  }
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
