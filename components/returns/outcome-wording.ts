import { ApiProblem } from '@/lib/client/fetch/api'
import { formatTime } from '@/lib/client/format/format'
import type { ReturnAnswer, ReturnRecord } from '@/lib/domain/returns/record'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import { receiptDetail } from './receipt-wording'
import type { ReturnTarget } from './target'

/** What a person is told about one return, and what may follow. */
export interface Told {
  /** The outcome in a few words; it stands in the question's place unless the return may be confirmed anew. */
  title: string
  /** good: it is returned, as far as Vida and a reading tell. */
  tone: 'good' | 'warn'
  text: string
  /** What to do now; null where `text` says it, or nothing is left to do. */
  next: string | null
  /** Vida's own words, shown in quotation marks and as text alone. */
  quote: string | null
  /**
   * done: the confirmation closes. again: nothing was sent, and it may be confirmed anew. over: another try begins with
   * another confirmation. locked: only looking at History helps.
   */
  after: 'done' | 'again' | 'over' | 'locked'
  receiptId: string | null
}

const UNKNOWN = 'Outcome unknown'

/** The sentence for an answer: it never says more than is known. */
export function wordsForAnswer(
  { outcome, message, numbers, receiptId }: ReturnAnswer,
  { number, row }: ReturnTarget,
): Told {
  const account = row?.account ?? null
  const name = account?.name ?? 'its account'
  const listed = numbers?.some((held) => held.number === number)
  const done = { tone: 'good', next: null, quote: null, after: 'done', receiptId } as const
  switch (outcome) {
    case 'returned':
      if (listed === false) {
        const gone = account ? ` ${account.name} no longer holds it.` : ''
        return { title: 'Returned', text: `${number} was returned.${gone}`, ...done }
      }
      if (listed) {
        const text = `Vida accepted the return of ${number}, but still lists it. It is looked at again; see History.`
        return { title: 'Returned', text, ...done, tone: 'warn' }
      }
      return {
        title: 'Returned',
        text: `${number} was returned.${account ? ` ${account.name} could not be read again yet; History says when it is confirmed.` : ''}`,
        ...done,
      }
    case 'already_gone':
      return {
        title: 'Already gone',
        text: `Nothing was returned: ${number} was not in ${name} any more. It was returned or moved before; the list is read again to show which.`,
        ...done,
        tone: 'warn',
      }
    case 'refused':
      return {
        ...afterRefusal(number, name, listed, account !== null),
        tone: 'warn',
        quote: message,
        after: 'over',
        receiptId,
      }
    case 'unknown':
      return {
        title: UNKNOWN,
        tone: 'warn',
        text: `The request went out, and no answer proves whether ${number} was returned.`,
        next: whenSettled(account !== null),
        quote: message,
        after: 'locked',
        receiptId,
      }
  }
}

/** `listed` undefined: the account was not read after the refusal. */
function afterRefusal(number: string, name: string, listed: boolean | undefined, known: boolean) {
  if (listed)
    return {
      title: 'Not returned: Vida refused',
      text: `${number} stays with ${name}.`,
      next: 'It can be tried again from the list, once what Vida says is settled.',
    }
  if (listed === false)
    return {
      title: 'Vida refused',
      text: `Yet ${number} was not in ${name} any more when it was read afterwards.`,
      next: 'Nothing is left to return there. If it went to another account, the list shows it after Refresh.',
    }
  return {
    title: 'Vida refused',
    text: known
      ? `Where ${number} is now could not be read.`
      : `No account is known for ${number}, so where it is now could not be looked at.`,
    next: 'Refresh the list to see where it is before you try again.',
  }
}

/** When an unknown outcome is looked at again (lib/returns/check, lib/returns/reconcile), and what can be done if that settles nothing. */
function whenSettled(known: boolean): string {
  const when = known
    ? 'It is looked at again after 3, 10 and 30 seconds, and whenever the whole list is read; what comes out of it shows here.'
    : 'A complete reading of the list without the number settles it: press Refresh there.'
  const offers = known
    ? 'Check again and, after five minutes, Mark not returned'
    : 'Mark not returned after five minutes'
  return `${when} Until then it can’t be returned a second time. If it stays listed, its receipt offers ${offers}.`
}

/** The sentence for a return that got no outcome. A problem means that nothing was sent; silence means that nobody knows. */
export function wordsForFailure(error: Error, { number }: ReturnTarget): Told {
  const nothing = { tone: 'warn', next: null, quote: null, receiptId: null } as const
  if (error instanceof ApiProblem && error.code !== 'internal') {
    const { code, message: text } = error
    if (code === 'return_in_progress') return { title: 'Already being returned', text, ...nothing, after: 'locked' }
    if (code === 'return_unsettled')
      return { title: 'An earlier return is not settled', text, ...nothing, after: 'locked' }
    // The connection may be back in a moment, and a server well again.
    const mayPass = code === 'offline' || error.status >= 500
    return { title: 'Nothing was sent', text, ...nothing, after: mayPass ? 'again' : 'over' }
  }
  return {
    title: UNKNOWN,
    tone: 'warn',
    text: `The app said nothing about ${number}, so the request may or may not have gone out.`,
    next: 'Look in History before you try again.',
    quote: null,
    after: 'locked',
    receiptId: null,
  }
}

/** What a return with an unknown outcome came to while its confirmation was still open; null: it is not settled yet. */
export function wordsForSettled(record: ReturnRecord): Told | null {
  if (record.outcome === 'unknown' || record.outcome === 'open') return null
  return {
    tone: record.outcome === 'returned' ? 'good' : 'warn',
    title: `Settled now: ${OUTCOME_WORDING[record.outcome].toLowerCase()}`,
    text: `${record.number}: ${receiptDetail(record, (iso) => formatTime(iso, Date.now()))}`,
    next: null,
    quote: null,
    after: 'locked',
    receiptId: record.receiptId,
  }
}
