import 'server-only'
import { Problem } from '@/lib/http/problem'
import type { Holder } from '@/lib/inventory/events'
import { findHolder, isVidaId, knownHoldersOf } from '@/lib/inventory/hierarchy'
import { look } from '@/lib/inventory/look'
import { isE164 } from '@/lib/phone/e164'
import { isStopping, tracked } from '@/lib/process/shutdown'
import type { Session } from '@/lib/session/current'
import { carryOut } from './carry-out'
import { INSTANCE, LEASE_MS, ledger, scopeOf } from './ledger-room'
import type { ReturnAnswer } from './record'

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
 * @throws Problem when nothing was sent (contract: “Problems of a return”).
 */
export async function returnNumber(session: Session, order: ReturnOrder): Promise<ReturnAnswer> {
  if (!session.account.canReturn) throw new Problem('not_allowed')
  if (!isE164(order.number)) throw new Problem('invalid_number')
  if (order.accountId !== null && !isVidaId(order.accountId)) throw new Problem('invalid_account')
  if (isStopping()) throw new Problem('stopping')
  const holder = await holderOf(session, order)
  const intended = await intend(session, order, holder)
  return tracked(carryOut(session, { ...order, accountId: holder?.id ?? null, ...intended }))
}

/** The account that the return is about, checked to be below the session's root and to be the only one. */
async function holderOf(session: Session, { number, accountId }: ReturnOrder): Promise<Holder | null> {
  const holders = await knownHoldersOf(session.identity, number)
  const named = accountId === null ? null : await findHolder(session, accountId)
  const others = holders.filter((holder) => holder.id !== named?.id)
  if (others.length + (named ? 1 : 0) > 1) {
    const candidates = named ? [named, ...others] : others
    const still = await stillThere(session, candidates, number)
    if (still.length > 1) throw new Problem('number_in_two_accounts')
    return named ?? still[0] ?? null
  }
  return named ?? others[0] ?? null
}

/** Which of the accounts hold the number now. One that can't be read counts as holding it, to be safe. */
async function stillThere(session: Session, holders: readonly Holder[], number: string): Promise<Holder[]> {
  const looks = await Promise.all(holders.map((holder) => look(session, holder.id, number)))
  return holders.filter((_, index) => looks[index]?.kind !== 'gone')
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
