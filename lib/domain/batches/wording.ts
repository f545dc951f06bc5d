import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import type { Batch, BatchItemOutcome, BatchReason } from './batch'

export const ITEM_WORDING: Record<BatchItemOutcome, string> = { ...OUTCOME_WORDING, waiting: 'Waiting' }

const RECAP_ORDER: readonly BatchItemOutcome[] = [
  'returned',
  'refused',
  'already_gone',
  'unknown',
  'not_returned',
  'not_sent',
  'open',
  'waiting',
]

const REASON_WORDING: Record<Exclude<BatchReason, 'stopped'>, string> = {
  three_in_a_row:
    'Three numbers in a row had an unknown outcome or an account that could not be read. Nothing more is sent until you decide.',
  ledger_unavailable: 'The app could not write its record of returns. Nothing more is sent until you decide.',
  server_stopped: 'The app was restarted. Nothing more is sent until you decide.',
  app_failed: 'The app failed. Nothing more is sent until you decide.',
  finished: 'Every number was processed.',
  undone: 'The batch was undone before anything was sent.',
  signed_out: 'The session was signed out, so the remaining numbers were not sent.',
  session_over: 'The session ended, so the remaining numbers were not sent.',
}

/** Only the account that started a batch can stop it. */
export function reasonSentence({ reason, requestedBy }: Pick<Batch, 'reason' | 'requestedBy'>): string {
  if (reason === 'stopped') return `Stopped by ${requestedBy.name}. The remaining numbers were not sent.`
  return reason ? REASON_WORDING[reason] : ''
}

export const STOP_IS_FINAL = 'A stopped batch can’t be continued. Return its remaining numbers in a new batch.'

export function countsSentence({ counts }: Pick<Batch, 'counts'>): string {
  return RECAP_ORDER.filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome].toLocaleString()} ${ITEM_WORDING[outcome].toLowerCase()}`)
    .join(' · ')
}

export function stateWording({ state, reason, counts }: Pick<Batch, 'state' | 'reason' | 'counts'>): string {
  if (state !== 'ended')
    return { held: 'Waiting to start', running: 'In progress', stopping: 'Stopping', paused: 'Paused' }[state]
  const how =
    reason === 'finished'
      ? 'Finished'
      : reason === 'stopped'
        ? 'Stopped'
        : reason === 'undone'
          ? 'Undone'
          : 'Ended early'
  return counts.unknown > 0 ? `${how}, ${counts.unknown.toLocaleString()} to settle` : how
}

/** `all`: all returned. `enough`: the others were already gone. `short`: some did not go through. */
export function successOf({ counts, total }: Pick<Batch, 'counts' | 'total'>): 'all' | 'enough' | 'short' {
  if (counts.returned === total) return 'all'
  return counts.refused + counts.unknown + counts.not_sent + counts.not_returned > 0 ? 'short' : 'enough'
}

export function endedWording(batch: Pick<Batch, 'state' | 'reason' | 'counts'>): string {
  if (batch.reason === 'undone') return 'was undone. Nothing was sent.'
  const how = batch.reason === 'stopped' ? 'was stopped' : batch.reason === 'finished' ? 'has ended' : 'has ended early'
  return `${how}: ${countsSentence(batch)}`
}

export function byOutcome<Item extends { outcome: BatchItemOutcome }>(
  items: readonly Item[],
): { outcome: BatchItemOutcome; items: Item[] }[] {
  return RECAP_ORDER.map((outcome) => ({ outcome, items: items.filter((item) => item.outcome === outcome) })).filter(
    (group) => group.items.length > 0,
  )
}
