import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import type { Batch, BatchItem, BatchItemOutcome, BatchReason } from './batch'

export const ITEM_WORDING: Record<BatchItemOutcome, string> = { ...OUTCOME_WORDING, waiting: 'Waiting' }

/** The order in which a recap tells them. */
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
  three_in_a_row: 'Three in a row were unknown or could not be read, so nothing more is sent until you decide.',
  ledger_unavailable: 'The record of returns could not be written, so nothing more is sent until you decide.',
  server_stopped: 'The app was restarted. Nothing more is sent until you decide.',
  app_failed: 'The app failed on its own. Nothing more is sent until you decide.',
  finished: 'All numbers had their turn.',
  signed_out: 'The session ended, so the rest was not sent.',
  session_over: 'The session came to its end, so the rest was not sent.',
}

/** Who stopped it needs no record of its own: `stopBatch` finds a batch for the account that asked for it, and for no other. */
export function reasonSentence({ reason, requestedBy }: Pick<Batch, 'reason' | 'requestedBy'>): string {
  if (reason === 'stopped') return `Stopped by ${requestedBy.name}. The rest was not sent.`
  return reason ? REASON_WORDING[reason] : ''
}

/** Said before and while a batch is stopped. */
export const STOP_IS_FINAL = 'A stopped batch does not go on; what is left of it can be returned as a new one.'

/** “58 returned · 1 refused · 1 unknown”, without what there is none of; for the browser, whose way of writing counts it takes. */
export function countsSentence({ counts }: Pick<Batch, 'counts'>): string {
  return RECAP_ORDER.filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome].toLocaleString()} ${ITEM_WORDING[outcome].toLowerCase()}`)
    .join(' · ')
}

/** What a batch is doing, in a word or two. */
export function stateWording({ state, reason }: Pick<Batch, 'state' | 'reason'>): string {
  if (state !== 'ended') return { running: 'Under way', stopping: 'Stopping', paused: 'Paused' }[state]
  return reason === 'finished' ? 'Finished' : reason === 'stopped' ? 'Stopped' : 'Ended early'
}

/** How a batch that is over went: all of it returned, nothing left to see to, or something that did not go through. */
export function successOf({ counts, total }: Pick<Batch, 'counts' | 'total'>): 'all' | 'enough' | 'short' {
  if (counts.returned === total) return 'all'
  return counts.refused + counts.unknown + counts.not_sent + counts.not_returned > 0 ? 'short' : 'enough'
}

/** “was stopped: 4 returned · 8 not sent”: what is told aloud of a batch that is over. */
export function endedWording(batch: Pick<Batch, 'state' | 'reason' | 'counts'>): string {
  const how = batch.reason === 'stopped' ? 'was stopped' : batch.reason === 'finished' ? 'has ended' : 'has ended early'
  return `${how}: ${countsSentence(batch)}`
}

export function byOutcome(items: readonly BatchItem[]): { outcome: BatchItemOutcome; items: BatchItem[] }[] {
  return RECAP_ORDER.map((outcome) => ({ outcome, items: items.filter((item) => item.outcome === outcome) })).filter(
    (group) => group.items.length > 0,
  )
}
