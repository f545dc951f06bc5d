import { OUTCOME_WORDS } from '../returns/words'
import type { Job, JobItem, JobItemOutcome, JobReason } from './job'

export const ITEM_WORDS: Record<JobItemOutcome, string> = { ...OUTCOME_WORDS, waiting: 'Waiting' }

/** The order in which a recap tells them. */
const RECAP_ORDER: readonly JobItemOutcome[] = [
  'returned',
  'refused',
  'already_gone',
  'unknown',
  'not_returned',
  'not_sent',
  'open',
  'waiting',
]

const REASON_WORDS: Record<JobReason, string> = {
  three_in_a_row: 'Three in a row were unknown or could not be read, so nothing more is sent until you decide.',
  ledger_unavailable: 'The record of returns could not be written, so nothing more is sent until you decide.',
  server_stopped: 'The app was restarted. Nothing more is sent until you decide.',
  app_failed: 'The app failed on its own. Nothing more is sent until you decide.',
  finished: 'All numbers had their turn.',
  stopped: 'Stopped by a person. The rest was not sent.',
  signed_out: 'The session ended, so the rest was not sent.',
  session_over: 'The session came to its end, so the rest was not sent.',
}

export function reasonSentence(reason: JobReason | null): string {
  return reason ? REASON_WORDS[reason] : ''
}

/** “58 returned · 1 refused · 1 unknown”, without what there is none of; for the browser, whose way of writing counts it takes. */
export function countsSentence({ counts }: Pick<Job, 'counts'>): string {
  return RECAP_ORDER.filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome].toLocaleString()} ${ITEM_WORDS[outcome].toLowerCase()}`)
    .join(' · ')
}

/** What a batch is doing, in a word or two. */
export function stateWords({ state, reason }: Pick<Job, 'state' | 'reason'>): string {
  if (state !== 'ended') return { running: 'Under way', stopping: 'Stopping', paused: 'Paused' }[state]
  return reason === 'finished' ? 'Finished' : reason === 'stopped' ? 'Stopped' : 'Ended early'
}

export function byOutcome(items: readonly JobItem[]): { outcome: JobItemOutcome; items: JobItem[] }[] {
  return RECAP_ORDER.map((outcome) => ({ outcome, items: items.filter((item) => item.outcome === outcome) })).filter(
    (group) => group.items.length > 0,
  )
}
