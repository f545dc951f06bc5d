import 'server-only'
import { readVidaNumber } from '@/lib/phone/e164'
import type { Session } from '@/lib/session/current'
import { vidaFor } from '@/lib/vida/connection'
import { VidaFailure } from '@/lib/vida/failure'
import type { ReadOptions } from '@/lib/vida/reader'
import { assigned } from './assigned'
import type { AssignedNumber } from './events'
import { listsOffered, rememberLists } from './known'
import { accountReread, closeToNewcomers } from './running-walks'

/**
 * What one fresh read of an account shows about a number in it. `numbers` are all that it holds; null where only its main
 * number was read, which can show that a number is there and never that one is gone.
 */
export type Look =
  | { kind: 'there'; numbers: AssignedNumber[] | null }
  | { kind: 'gone'; numbers: AssignedNumber[] }
  | { kind: 'unreadable'; failure: VidaFailure }

/**
 * Reads the account anew and says whether `number` (E.164) is in it. Where Vida offers no number lists, the account
 * object's main number is what there is; that it is another one proves nothing, because there may be more.
 * @throws AbortError when the signal aborts.
 */
export async function look(
  session: Session,
  accountId: string,
  number: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Look> {
  // Whatever it shows: somebody is about to return the number, or did so, and walks under way may not know it.
  closeToNewcomers(session.identity)
  try {
    const numbers = await read(session, accountId, number, { signal, priority: 'now' })
    if (numbers === null) return { kind: 'there', numbers }
    await accountReread(session.identity, accountId, numbers, number)
    return { kind: numbers.some((held) => held.number === number) ? 'there' : 'gone', numbers }
  } catch (error) {
    if (error instanceof VidaFailure) return { kind: 'unreadable', failure: error }
    throw error
  }
}

/** All numbers of the account; null: they are not listed, and `number` is the main one. */
async function read(
  session: Session,
  accountId: string,
  number: string,
  options: ReadOptions,
): Promise<AssignedNumber[] | null> {
  const client = vidaFor(session)
  try {
    const numbers = await client.numbers(accountId, options)
    rememberLists(session.identity, true)
    return numbers.map(assigned)
  } catch (error) {
    if (!(error instanceof VidaFailure) || error.code !== 'not_offered' || listsOffered(session.identity)) throw error
    const { mainNumber } = await client.account(accountId, options)
    if (typeof mainNumber !== 'string' || readVidaNumber(mainNumber) !== number) throw error
    return null
  }
}
