import { ApiProblem } from '@/lib/http/api'
import type { ReturnAnswer } from '@/lib/returns/record'
import type { ReturnTarget } from './target'

/** What a person is told about one return, and what may follow. */
export interface Told {
  text: string
  /** Vida's own words, shown in quotation marks and as text alone. */
  quote: string | null
  /** done: the confirmation closes. again: it may be confirmed anew. locked: only looking at History helps. */
  after: 'done' | 'again' | 'locked'
}

/** The sentence for an answer: it never says more than is known. */
export function wordsForAnswer({ outcome, message, numbers }: ReturnAnswer, { number, holder }: ReturnTarget): Told {
  const account = holder ? holder.name : 'its account'
  const listed = numbers?.some((held) => held.number === number)
  switch (outcome) {
    case 'returned':
      if (listed === false)
        return {
          text: `${number} was returned. ${holder ? `${holder.name} no longer holds it.` : ''}`.trim(),
          quote: null,
          after: 'done',
        }
      if (listed)
        return {
          text: `Vida accepted the return of ${number}, but still lists it. It is looked at again; see History.`,
          quote: null,
          after: 'done',
        }
      return {
        text: `${number} was returned.${holder ? ` ${holder.name} could not be read again yet; History says when it is confirmed.` : ''}`,
        quote: null,
        after: 'done',
      }
    case 'already_gone':
      return {
        text: `${number} is not in ${account} any more: it was returned or moved before.`,
        quote: null,
        after: 'done',
      }
    case 'refused':
      return {
        text: listed
          ? `Vida refused. ${number} stays with ${account}.`
          : numbers === null
            ? `Vida refused. Where ${number} is now could not be read.`
            : `Vida refused.`,
        quote: message,
        after: 'again',
      }
    case 'unknown':
      return {
        text: `The outcome is unknown: the request went out, and no answer proves whether ${number} was returned. It is looked at again; until it is settled, it can’t be returned a second time.`,
        quote: message,
        after: 'locked',
      }
  }
}

/** The sentence for a return that got no outcome. A problem means that nothing was sent; silence means that nobody knows. */
export function wordsForFailure(error: Error, { number }: ReturnTarget): Told {
  if (error instanceof ApiProblem) {
    const settled = error.code === 'return_in_progress' || error.code === 'return_unsettled'
    return { text: error.message, quote: null, after: settled ? 'locked' : 'again' }
  }
  return {
    text: `The outcome is unknown: the app did not answer, so the request for ${number} may or may not have gone out. Look in History before you try again.`,
    quote: null,
    after: 'locked',
  }
}
