import 'server-only'
import type { AssignedNumber } from '@/lib/domain/accounts/account'
import type { Context } from '@/lib/server/context/context'
import { readVidaNumber } from '@/lib/server/phone/e164'
import type { Session } from '@/lib/server/session/current'
import { VidaFailure } from '@/lib/server/vida/failure'
import { bareNumber } from '@/lib/server/vida/numbers'
import type { ReadOptions } from '@/lib/server/vida/reader'
import { allAssigned, assigned } from './events'
import { finding, saveFinding } from './findings'
import { ledgerClock } from './ledger-clock'
import { lists, readProof } from './proof'
import { accountReread, closeToNewReaders } from './running-scans'

/** `numbers` are all of the account that could be read; null where only the presence of the number is known. */
export type AccountRead =
  | { kind: 'there'; numbers: AssignedNumber[] | null }
  | { kind: 'gone'; numbers: AssignedNumber[] }
  | { kind: 'unreadable'; failure: VidaFailure }

/**
 * Whether the account holds `number` (E.164). Where Vida offers no number lists (docs/vida-api.md), only its main
 * number is known; one that is missing or unreadable proves nothing. @throws AbortError when the signal aborts.
 */
export async function readAccount(
  ctx: Context,
  session: Session,
  accountId: string,
  number: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<AccountRead> {
  // Running scans may have read the account before a return that begins or ends now.
  closeToNewReaders(ctx, session.identity)
  try {
    const numbers = await read(ctx, session, accountId, number, { signal, priority: 'now' })
    if (numbers === null) return { kind: 'there', numbers }
    return { kind: lists(numbers, number) ? 'there' : 'gone', numbers }
  } catch (error) {
    if (error instanceof VidaFailure) return { kind: 'unreadable', failure: error }
    throw error
  }
}

/**
 * All readable numbers, if they prove whether `number` is among them; a complete list updates the snapshot. Null: only
 * that `number` is the main one is known.
 */
async function read(
  ctx: Context,
  session: Session,
  accountId: string,
  number: string,
  options: ReadOptions,
): Promise<AssignedNumber[] | null> {
  const client = ctx.vida(session)
  try {
    const [list, clock] = await Promise.all([
      readProof(() => client.numbers(accountId, options), number),
      ledgerClock(ctx),
    ])
    // After the read, so that a scan's read of the same moment is not taken for a newer one.
    const readAt = new Date(clock()).toISOString()
    if (!(await finding(ctx, session.identity, 'numbers_offered')))
      await saveFinding(ctx, session.identity, 'numbers_offered', true, ctx.clock.now())
    const numbers = await allAssigned(list.numbers)
    // A stored list may know more of the account than a list with entries that can't be read.
    if (list.odd.length === 0) await accountReread(ctx, session.identity, accountId, { numbers, readAt }, number)
    return numbers
  } catch (error) {
    if (!(error instanceof VidaFailure) || error.code !== 'not_offered') throw error
    const offered = await finding(ctx, session.identity, 'numbers_offered')
    if (offered) throw error
    const { mainNumber } = await client.account(accountId, options)
    if (mainNumber === null && offered === false) return []
    const main = typeof mainNumber === 'string' ? readVidaNumber(mainNumber) : null
    if (main === null || (offered === null && main !== number)) throw error
    return offered === null ? null : [assigned(bareNumber(main))]
  }
}
