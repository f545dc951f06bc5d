import type { ReturnRecord } from '@/lib/domain/returns/record'
import { confirmedWording, requesterWording } from '@/lib/domain/returns/wording'
import type { Batch, BatchItem } from './batch'
import type { BatchCustomer } from './customers'
import { byOutcome, ITEM_WORDING, reasonSentence } from './wording'

/** Vida's message in quotation marks, or the app's where nothing was sent. */
export function whyNotReturned({ outcome, message, receiptId }: BatchItem): string | null {
  if (message === null || outcome === 'returned') return null
  return receiptId === null ? message : `Vida said: “${message}”`
}

function linesOf<Item extends Pick<BatchItem, 'outcome'>>(
  items: readonly Item[],
  line: (item: Item) => string,
): string[] {
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

function byPerson({ operator }: Pick<ReturnRecord, 'operator'>): string {
  return operator === null ? '' : ` by ${operator}`
}

type Told = Pick<ReturnRecord, 'number' | 'accountName' | 'accountId' | 'verified'> & Pick<BatchItem, 'outcome'>

function customerLine(told: Told): string {
  const agent = told.accountName ?? (told.accountId && `account ${told.accountId}`)
  const outcome = [ITEM_WORDING[told.outcome].toLowerCase(), confirmedWording(told)].filter(Boolean).join(', ')
  return `${[told.number, agent].filter(Boolean).join(', ')}: ${outcome}`
}

/** Plain text for one customer: no other customer's numbers, no reason, no note, no message. `at` writes a time with its zone. */
export function customerText(batch: Batch, { name, items }: BatchCustomer, at: (iso: string) => string): string {
  const head = [
    `Return of ${numbers(items.length)} of ${name}`,
    `Requested: ${at(batch.createdAt)}${byPerson(batch)}`,
    ...ended(batch, at),
  ]
  return [...head, ...linesOf(items, customerLine), '', `Batch: ${batch.id}`].join('\n')
}

/** The same of a customer's returns, whenever they were: what became of each number last. `records`: newest first. */
export function returnsText(
  name: string,
  records: readonly ReturnRecord[],
  { at, now, more }: { at: (iso: string) => string; now: string; more: boolean },
): string {
  const seen = new Set<string>()
  const latest = records.filter(({ number }) => !seen.has(number) && seen.add(number))
  const line = (record: ReturnRecord) =>
    `${customerLine(record)}, requested ${at(record.requestedAt)}${byPerson(record)}`
  const head = [`Returns of ${numbers(latest.length)} of ${name}`, `As of: ${at(now)}`]
  return [...head, ...(more ? ['Earlier returns are left out.'] : []), ...linesOf(latest, line)].join('\n')
}

export function batchText(batch: Batch, at: (iso: string) => string): string {
  const line = (item: BatchItem) => {
    const place = [item.number, item.accountName, item.organizationName].filter(Boolean).join(', ')
    const details = [confirmedWording(item), whyNotReturned(item)].filter(Boolean).join('. ')
    return details ? `${place}: ${details}` : place
  }
  const requested = `Requested: ${at(batch.createdAt)} by ${requesterWording(batch)}`
  const head = [`Return of ${numbers(batch.total)}`, requested, ...ended(batch, at)]
  const why = batch.reason && batch.reason !== 'finished' ? [reasonSentence(batch)] : []
  const returnReason = batch.returnReason ? [`Reason: ${batch.returnReason}`] : []
  const note = batch.note ? [`Note: ${batch.note}`] : []
  return [...head, ...why, ...returnReason, ...note, ...linesOf(batch.items, line), '', `Batch: ${batch.id}`].join('\n')
}
