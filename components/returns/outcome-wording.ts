import { ApiProblem } from '@/lib/client/fetch/api'
import { formatTime } from '@/lib/client/format/format'
import type { ReturnAnswer, ReturnRecord } from '@/lib/domain/returns/record'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import { receiptDetail } from './receipt-wording'
import type { ReturnTarget } from './target'

export interface ReturnResult {
  title: string
  tone: 'good' | 'warn'
  text: string
  next: string | null
  quote: string | null
  /** `done`: the dialog closes. `again`: may be confirmed again. `over`: needs a new dialog. `locked`: see History. */
  after: 'done' | 'again' | 'over' | 'locked'
  receiptId: string | null
}

const UNKNOWN = 'Outcome unknown'

/** Says no more than is known: `numbers` is null if the account could not be read afterwards. */
export function answerWording(
  { outcome, message, numbers, receiptId }: ReturnAnswer,
  { number, row }: ReturnTarget,
): ReturnResult {
  const name = row?.account.name ?? null
  const listed = numbers?.some((each) => each.number === number)
  const base = {
    title: OUTCOME_WORDING[outcome],
    tone: 'warn',
    next: null,
    quote: null,
    after: 'done',
    receiptId,
  } as const
  switch (outcome) {
    case 'returned': {
      if (listed) return { ...base, text: `Vida accepted the return of ${number}, but still lists it. See History.` }
      const proof =
        listed === false ? 'no longer has it' : 'could not be read again; History shows when it is confirmed'
      return { ...base, tone: 'good', text: `${number} was returned.${name === null ? '' : ` ${name} ${proof}.`}` }
    }
    case 'already_gone':
      return {
        ...base,
        text: `Nothing was returned: ${number} was no longer in ${name ?? 'its account'}. It was returned or moved earlier. The list is being read again.`,
      }
    case 'refused':
      return { ...base, ...refusalWording(number, name, listed), quote: message, after: 'over' }
    case 'unknown':
      return {
        ...base,
        title: UNKNOWN,
        text: `The request was sent, but it is not known whether ${number} was returned.`,
        next:
          name === null
            ? 'Refresh the list: if it is complete and the number is gone, the return is confirmed. Until then the number can’t be returned again. After five minutes the receipt offers Mark not returned.'
            : 'The app checks the account again and shows the result here. Until then the number can’t be returned again. If it stays listed, the receipt offers Check again and, after five minutes, Mark not returned.',
        quote: message,
        after: 'locked',
      }
  }
}

function refusalWording(number: string, name: string | null, listed: boolean | undefined) {
  if (listed)
    return {
      title: 'Not returned: Vida refused',
      text: `${number} stays with ${name ?? 'its account'}.`,
      next: 'Fix the problem that Vida reports, then try again from the list.',
    }
  if (listed === false)
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

/** A problem means that nothing was sent; without an answer nobody knows. */
export function failureWording(error: Error, { number }: ReturnTarget): ReturnResult {
  const base = { tone: 'warn', next: null, quote: null, receiptId: null } as const
  if (error instanceof ApiProblem && error.code !== 'internal') {
    const { code, message: text } = error
    if (code === 'return_in_progress') return { ...base, title: 'Already being returned', text, after: 'locked' }
    if (code === 'return_unsettled')
      return { ...base, title: 'An earlier return is not settled', text, after: 'locked' }
    const temporary = code === 'offline' || error.status >= 500
    return { ...base, title: 'Nothing was sent', text, after: temporary ? 'again' : 'over' }
  }
  return {
    ...base,
    title: UNKNOWN,
    text: `The app gave no answer about ${number}. The request may or may not have been sent.`,
    next: 'Look in History before you try again.',
    after: 'locked',
  }
}

/** An unknown outcome that was settled while the dialog was open; null: not settled yet. */
export function settledWording(record: ReturnRecord): ReturnResult | null {
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
