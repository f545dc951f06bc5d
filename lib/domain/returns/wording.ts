import type { RecordOutcome } from './record'

/** What became of a return, in a word or two: for badges, filters and recaps. */
export const OUTCOME_WORDING: Record<RecordOutcome, string> = {
  returned: 'Returned',
  refused: 'Refused',
  already_gone: 'Already gone',
  unknown: 'Unknown',
  open: 'Under way',
  not_sent: 'Not sent',
  not_returned: 'Not returned',
}

/** Whether reading the account afterwards showed that the number is gone; null where that is no question. */
export function confirmedWording({ outcome, verified }: { outcome: string; verified: boolean | null }): string | null {
  if (outcome !== 'returned') return null
  if (verified === null) return 'not confirmed yet'
  return verified ? 'confirmed gone' : 'still listed'
}
