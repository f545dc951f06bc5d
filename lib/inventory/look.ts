import 'server-only'
import { readVidaNumber } from '@/lib/phone/e164'
import type { Session } from '@/lib/session/current'
import { vidaFor } from '@/lib/vida/connection'
import { VidaFailure } from '@/lib/vida/failure'
import type { ReadOptions } from '@/lib/vida/reader'
import { assigned } from './assigned'
import type { AssignedNumber } from './events'
import { listsOffered, rememberLists } from './known'
import { accountReread } from './running-walks'

/** What one fresh read of an account shows about a number in it. */
export type Look =
  | { kind: 'there'; numbers: AssignedNumber[] }
  | { kind: 'gone'; numbers: AssignedNumber[] }
  | { kind: 'unreadable'; failure: VidaFailure }

/**
 * Reads the account anew and says whether `number` (E.164) is in it. Where Vida offers no number lists, the account
 * object's main number is what there is; while that is not certain, its silence proves nothing.
 * @throws AbortError when the signal aborts.
 */
export async function look(
  session: Session,
  accountId: string,
  number: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Look> {
  try {
    const numbers = await read(session, accountId, number, { signal, priority: 'now' })
    await accountReread(session.identity, accountId, numbers, number)
    return { kind: numbers.some((held) => held.number === number) ? 'there' : 'gone', numbers }
  } catch (error) {
    if (error instanceof VidaFailure) return { kind: 'unreadable', failure: error }
    throw error
  }
}

async function read(
  session: Session,
  accountId: string,
  number: string,
  options: ReadOptions,
): Promise<AssignedNumber[]> {
  const client = vidaFor(session)
  try {
    const numbers = await client.numbers(accountId, options)
    rememberLists(session.identity, true)
    return numbers.map(assigned)
  } catch (error) {
    const offered = listsOffered(session.identity)
    if (!(error instanceof VidaFailure) || error.code !== 'not_offered' || offered) throw error
    const { mainNumber } = await client.account(accountId, options)
    const main = mainNumber === null ? null : readVidaNumber(mainNumber)
    if (mainNumber !== null && main === null) throw error
    if (main !== number && offered === null) throw error
    return main === null ? [] : [assigned({ number: main, label: null, provider: null, sms: null })]
  }
}
