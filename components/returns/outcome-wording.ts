import { ApiProblem } from '@/lib/client/fetch/api'
import { formatTime } from '@/lib/client/format/format'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import { eventSentence, receiptDetail } from './receipt-wording'

export interface ReturnResult {
  title: string
  text: string
  next: string | null
  quote: string | null
  receiptId: string | null
}

const UNKNOWN = 'Outcome unknown'

/** What a person has to know of a return that did not simply go through. Says no more than the record proves. */
export function outcomeWording(record: ReturnRecord): ReturnResult {
  const { number, outcome, accountId, accountName, message, receiptId, events } = record
  const name = accountName ?? (accountId === null ? null : `account ${accountId}`)
  const base = { title: OUTCOME_WORDING[outcome], next: null, quote: null, receiptId }
  if (wasUnknown(record))
    return {
      ...base,
      title: `Settled now: ${OUTCOME_WORDING[outcome].toLowerCase()}`,
      text: `${number}: ${receiptDetail(record, (iso) => formatTime(iso, Date.now()))}`,
    }
  switch (outcome) {
    case 'refused':
      return { ...base, ...refusalWording(number, name, record.verified), quote: message }
    case 'already_gone':
      return {
        ...base,
        text: `Nothing was returned: ${number} was no longer in ${name ?? 'its account'}. It was returned or moved earlier.`,
        quote: message,
      }
    case 'unknown':
      return {
        ...base,
        title: UNKNOWN,
        text: `The request was sent, but it is not known whether ${number} was returned.`,
        next:
          accountId === null
            ? 'Refresh the list: if it is complete and the number is gone, the return is confirmed. Until then the number can’t be returned again. After five minutes the receipt offers Mark not returned.'
            : 'The app checks the account again and shows the result here. Until then the number can’t be returned again. If it stays listed, the receipt offers Check again and, after five minutes, Mark not returned.',
        quote: message,
      }
    case 'not_sent': {
      const last = events.at(-1)
      return {
        ...base,
        ...nothingSent(last ? eventSentence(last) : receiptDetail(record, (iso) => formatTime(iso, Date.now()))),
        next: `${number} is unchanged. To return it, confirm it again from the list.`,
        quote: last?.message ?? null,
      }
    }
    default:
      return { ...base, text: `${number}: ${receiptDetail(record, (iso) => formatTime(iso, Date.now()))}` }
  }
}

/** The title says it, so the text does not say it again. */
function nothingSent(text: string) {
  return {
    title: 'Nothing was sent',
    text: text.replace(/, so nothing was sent(?=\.)| ?Nothing was sent\./, '').trim(),
  }
}

function wasUnknown({ outcome, events }: ReturnRecord): boolean {
  return outcome !== 'unknown' && events.some((event) => event.outcome === 'unknown')
}

/** `gone`: whether an account read after the refusal lacked the number; null: it could not be read. */
function refusalWording(number: string, name: string | null, gone: boolean | null) {
  if (gone === false)
    return {
      title: 'Not returned: Vida refused',
      text: `${number} stays with ${name ?? 'its account'}.`,
      next: 'Fix the problem that Vida reports, then try again from the list.',
    }
  if (gone)
    return {
      title: 'Vida refused',
      text: `However, ${number} was no longer in ${name ?? 'its account'} afterwards.`,
      next: 'There is nothing left to return there. Refresh the list to see whether it moved to another account.',
    }
  return {
    title: 'Vida refused',
    text: `${name === null ? 'No account is known' : `${name} could not be read again`}, so it is not known where ${number} is now.`,
    next: 'Refresh the list to see where it is before you try again.',
  }
}

/** In Vida's words, as far as it gave a reason. */
export function reasonWording({ message }: Pick<ReturnRecord, 'message'>): string {
  return message === null ? 'Vida refused to return it, and gave no reason.' : `Vida said: “${message}”`
}

/** The message that a return which Vida accepted is told with, once. */
export function returnedWording(record: ReturnRecord): { text: string; tone: 'result' | 'caution' } {
  const { number, accountName, verified } = record
  if (wasUnknown(record)) return { text: `${number} was returned after all: it is confirmed gone.`, tone: 'result' }
  if (verified === false)
    return { text: `Vida accepted the return of ${number}, but still lists it. See History.`, tone: 'caution' }
  const proof = verified ? 'no longer has it' : 'could not be read again; History shows when it is confirmed'
  return { text: `${number} was returned.${accountName === null ? '' : ` ${accountName} ${proof}.`}`, tone: 'result' }
}

/** A problem means that nothing was sent; without an answer nobody knows. */
export function failureWording(error: Error, number: string): ReturnResult {
  const base = { next: null, quote: null, receiptId: null }
  if (error instanceof ApiProblem && error.code !== 'internal') {
    const { code, message: text } = error
    if (code === 'return_in_progress') return { ...base, title: 'Already being returned', text }
    if (code === 'return_unsettled') return { ...base, title: 'An earlier return is not settled', text }
    return { ...base, ...nothingSent(text) }
  }
  return {
    ...base,
    title: UNKNOWN,
    text: `The app gave no answer about ${number}. The request may or may not have been sent.`,
    next: 'Look in History before you try again.',
  }
}
