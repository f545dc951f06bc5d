import type { RecordOutcome } from './record'

export const OUTCOME_WORDING: Record<RecordOutcome, string> = {
  returned: 'Returned',
  refused: 'Refused',
  already_gone: 'Already gone',
  unknown: 'Unknown',
  open: 'In progress',
  not_sent: 'Not sent',
  not_returned: 'Not returned',
}

export function confirmedWording({ outcome, verified }: { outcome: string; verified: boolean | null }): string | null {
  if (outcome !== 'returned') return null
  if (verified === null) return 'not confirmed yet'
  return verified ? 'confirmed gone' : 'still listed'
}
