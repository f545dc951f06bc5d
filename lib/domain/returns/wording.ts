import type { RecordOutcome, ReturnNote, ReturnRecord } from './record'

export const OUTCOME_WORDING: Record<RecordOutcome, string> = {
  returned: 'Returned',
  refused: 'Refused',
  already_gone: 'Already gone',
  unknown: 'Unknown',
  open: 'In progress',
  not_sent: 'Not sent',
  not_returned: 'Not returned',
}

/** What a confirmation says about taking it back. `holdSeconds`: how long it waits before it is sent. */
export function undoSentence(holdSeconds: number): string {
  if (holdSeconds === 0) return 'This can’t be undone.'
  return `You can undo it for ${holdSeconds === 1 ? 'a second' : `${holdSeconds} seconds`}. After that it can’t be undone.`
}

/** Who confirmed it: the person, where a name was typed, and the account of the token. */
export function requesterWording({ operator, requestedBy }: Pick<ReturnRecord, 'operator' | 'requestedBy'>): string {
  return operator === null ? requestedBy.name : `${operator} (${requestedBy.name})`
}

/** A note that was added later. `at` writes its time. */
export function noteWording({ at, operator, note }: ReturnNote, format: (iso: string) => string): string {
  return `${[format(at), operator].filter(Boolean).join(', ')}: ${note}`
}

export function confirmedWording({ outcome, verified }: { outcome: string; verified: boolean | null }): string | null {
  if (outcome !== 'returned') return null
  if (verified === null) return 'not confirmed yet'
  return verified ? 'confirmed gone' : 'still listed'
}
