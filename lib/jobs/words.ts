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

/** “58 returned · 1 refused · 1 unknown”, without what there is none of. */
export function countsSentence({ counts }: Pick<Job, 'counts'>): string {
  return RECAP_ORDER.filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${ITEM_WORDS[outcome].toLowerCase()}`)
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

/** The batch as plain text, to send to the customer. `at` writes a time for people. */
export function jobText(job: Job, at: (iso: string) => string): string {
  const title = `Return of ${job.total} ${job.total === 1 ? 'number' : 'numbers'}`
  const head = [title, `Requested: ${at(job.createdAt)} by ${job.requestedBy.name}`]
  const why = job.reason && job.reason !== 'finished' ? [reasonSentence(job.reason)] : []
  const note = job.note ? [`Note: ${job.note}`] : []
  const parts = byOutcome(job.items).flatMap(({ outcome, items }) => [
    '',
    `${ITEM_WORDS[outcome]} (${items.length})`,
    ...items.map(({ number, accountName, message }) => {
      const why = message && outcome !== 'returned' ? `: ${message}` : ''
      return `  ${number}${accountName ? `, ${accountName}` : ''}${why}`
    }),
  ])
  return [...head, ...why, ...note, ...parts, '', `Batch: ${job.id}`].join('\n')
}
