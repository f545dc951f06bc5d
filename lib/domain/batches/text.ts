import { confirmedWords } from '@/lib/domain/returns/wording'
import type { Job, JobItem } from './batch'
import type { JobCustomer } from './customers'
import { byOutcome, ITEM_WORDS, reasonSentence } from './wording'

/** Why a number was not returned: Vida's words in quotation marks, or the app's own where nothing was sent. */
export function whyNotReturned({ outcome, message, receiptId }: JobItem): string | null {
  if (message === null || outcome === 'returned') return null
  return receiptId === null ? message : `Vida said: “${message}”`
}

function linesOf(items: readonly JobItem[], line: (item: JobItem) => string): string[] {
  return byOutcome(items).flatMap((group) => [
    '',
    `${ITEM_WORDS[group.outcome]} (${group.items.length})`,
    ...group.items.map((item) => `  ${line(item)}`),
  ])
}

function numbers(count: number): string {
  return count === 1 ? '1 number' : `${count} numbers`
}

function ended(job: Job, at: (iso: string) => string): string[] {
  return job.endedAt ? [`Ended: ${at(job.endedAt)}`] : []
}

/**
 * What became of one customer's numbers as plain text, to send to that customer: nobody else's numbers, and neither the note
 * nor what Vida or the app said to the desk. `at` writes a time with its zone.
 */
export function customerText(job: Job, { name, items }: JobCustomer, at: (iso: string) => string): string {
  const line = (item: JobItem) => {
    const agent = item.accountName ?? `account ${item.accountId}`
    const words = [ITEM_WORDS[item.outcome].toLowerCase(), confirmedWords(item)].filter(Boolean).join(', ')
    return `${item.number}, ${agent}: ${words}`
  }
  const head = [`Return of ${numbers(items.length)} of ${name}`, `Requested: ${at(job.createdAt)}`, ...ended(job, at)]
  return [...head, ...linesOf(items, line), '', `Batch: ${job.id}`].join('\n')
}

/** The whole batch as plain text, for one's own records. `at` writes a time with its zone. */
export function jobText(job: Job, at: (iso: string) => string): string {
  const line = (item: JobItem) => {
    const place = [item.number, item.accountName, item.organizationName].filter(Boolean).join(', ')
    const words = [confirmedWords(item), whyNotReturned(item)].filter(Boolean).join('. ')
    return words ? `${place}: ${words}` : place
  }
  const requested = `Requested: ${at(job.createdAt)} by ${job.requestedBy.name}`
  const head = [`Return of ${numbers(job.total)}`, requested, ...ended(job, at)]
  const why = job.reason && job.reason !== 'finished' ? [reasonSentence(job)] : []
  const note = job.note ? [`Note: ${job.note}`] : []
  return [...head, ...why, ...note, ...linesOf(job.items, line), '', `Batch: ${job.id}`].join('\n')
}
