import { confirmedWording } from '@/lib/domain/returns/wording'
import type { Batch, BatchItem } from './batch'
import type { BatchCustomer } from './customers'
import { byOutcome, ITEM_WORDING, reasonSentence } from './wording'

/** Vida's message in quotation marks, or the app's where nothing was sent. */
export function whyNotReturned({ outcome, message, receiptId }: BatchItem): string | null {
  if (message === null || outcome === 'returned') return null
  return receiptId === null ? message : `Vida said: “${message}”`
}

function linesOf(items: readonly BatchItem[], line: (item: BatchItem) => string): string[] {
  return byOutcome(items).flatMap((group) => [
    '',
    `${ITEM_WORDING[group.outcome]} (${group.items.length})`,
    ...group.items.map((item) => `  ${line(item)}`),
  ])
}

function numbers(count: number): string {
  return count === 1 ? '1 number' : `${count} numbers`
}

function ended(batch: Batch, at: (iso: string) => string): string[] {
  return batch.endedAt ? [`Ended: ${at(batch.endedAt)}`] : []
}

/** Plain text for one customer: no other customer's numbers, no note, no message. `at` writes a time with its zone. */
export function customerText(batch: Batch, { name, items }: BatchCustomer, at: (iso: string) => string): string {
  const line = (item: BatchItem) => {
    const agent = item.accountName ?? `account ${item.accountId}`
    const outcome = [ITEM_WORDING[item.outcome].toLowerCase(), confirmedWording(item)].filter(Boolean).join(', ')
    return `${item.number}, ${agent}: ${outcome}`
  }
  const head = [
    `Return of ${numbers(items.length)} of ${name}`,
    `Requested: ${at(batch.createdAt)}`,
    ...ended(batch, at),
  ]
  return [...head, ...linesOf(items, line), '', `Batch: ${batch.id}`].join('\n')
}

export function batchText(batch: Batch, at: (iso: string) => string): string {
  const line = (item: BatchItem) => {
    const place = [item.number, item.accountName, item.organizationName].filter(Boolean).join(', ')
    const details = [confirmedWording(item), whyNotReturned(item)].filter(Boolean).join('. ')
    return details ? `${place}: ${details}` : place
  }
  const requested = `Requested: ${at(batch.createdAt)} by ${batch.requestedBy.name}`
  const head = [`Return of ${numbers(batch.total)}`, requested, ...ended(batch, at)]
  const why = batch.reason && batch.reason !== 'finished' ? [reasonSentence(batch)] : []
  const note = batch.note ? [`Note: ${batch.note}`] : []
  return [...head, ...why, ...note, ...linesOf(batch.items, line), '', `Batch: ${batch.id}`].join('\n')
}
