import 'server-only'
import type { Holder } from '@/lib/domain/inventory/events'
import type { ReturnAnswer } from '@/lib/domain/returns/record'
import { Problem } from '@/lib/server/http/problem'
import { isE164 } from '@/lib/server/phone/e164'
import { isStopping, tracked } from '@/lib/server/process/shutdown'
import { look } from '@/lib/server/scan/account-read'
import { findHolder, isVidaId, knownHoldersOf } from '@/lib/server/scan/hierarchy'
import type { Session } from '@/lib/server/session/current'
import { endIfRefused } from '@/lib/server/session/end-if-refused'
import { carryOut } from './carry-out'
import { INSTANCE, LEASE_MS, ledger, scopeOf } from './current-ledger'

export interface ReturnOrder {
  /** E.164. */
  number: string
  /** The account that the confirmation named; null: on the person's word. */
  accountId: string | null
  note: string | null
  batchId?: string | null
}

/**
 * Returns one number: checks who may, freezes what was confirmed, writes the intent, and carries it out with one
 * request at most. The work runs to its end even if nobody waits for the answer any more.
 * @throws Problem or LedgerUnavailable, only when nothing was sent (contract: “Problems of a return”).
 */
export function returnNumber(session: Session, order: ReturnOrder): Promise<ReturnAnswer> {
  return tracked(run(session, order))
}

async function run(session: Session, order: ReturnOrder): Promise<ReturnAnswer> {
  if (!session.account.canReturn) throw new Problem('not_allowed')
  if (!isE164(order.number)) throw new Problem('invalid_number')
  if (order.accountId !== null && !isVidaId(order.accountId)) throw new Problem('invalid_account')
  if (isStopping()) throw new Problem('stopping')
  const holder = await holderOf(session, order)
  const { receiptId } = await intend(session, order, holder)
  return carryOut(session, { receiptId, number: order.number, accountId: holder?.id ?? null })
}

/** The account that the return is about, checked to be below the session's root and to be the only one. */
async function holderOf(session: Session, { number, accountId }: ReturnOrder): Promise<Holder | null> {
  const named = accountId === null ? null : await findHolder(session, accountId)
  const known = await knownHoldersOf(session.identity, number)
  const candidates = [...(named ? [named] : []), ...known.filter((holder) => holder.id !== named?.id)]
  const [first = null] = candidates
  return candidates.length > 1 ? await theOne(session, candidates, named, number) : first
}

/** Several accounts may hold the number, so all are read. The named one stays the one, even if it holds it no more. */
async function theOne(session: Session, candidates: readonly Holder[], named: Holder | null, number: string) {
  const looks = await Promise.all(
    candidates.map(async (holder) => ({ holder, found: await look(session, holder.id, number) })),
  )
  const there = looks.filter(({ found }) => found.kind === 'there')
  const unread = looks.filter(({ found }) => found.kind === 'unreadable')
  if (there.length > 1) throw new Problem('number_in_two_accounts')
  if (there.length + unread.length > 1) {
    const refused = unread.some(({ found }) => found.kind === 'unreadable' && found.failure.code === 'unauthorized')
    if (refused && (await endIfRefused(session))) throw new Problem('signed_out')
    throw new Problem('account_unreadable')
  }
  return named ?? there[0]?.holder ?? unread[0]?.holder ?? candidates[0] ?? null
}

async function intend(session: Session, order: ReturnOrder, holder: Holder | null) {
  const intended = await (await ledger()).intend({
    scope: scopeOf(session),
    identity: session.identity,
    by: { id: session.account.id, name: session.account.name, role: session.account.role },
    number: order.number,
    accountId: holder?.id ?? null,
    accountName: holder?.name ?? null,
    organizationId: holder?.organizationId ?? null,
    organizationName: holder?.organizationName ?? null,
    note: order.note,
    batchId: order.batchId ?? null,
    instance: INSTANCE,
    leaseMs: LEASE_MS,
  })
  if (intended.kind === 'in_progress') throw new Problem('return_in_progress')
  if (intended.kind === 'unsettled') throw new Problem('return_unsettled')
  return { receiptId: intended.receiptId }
}
