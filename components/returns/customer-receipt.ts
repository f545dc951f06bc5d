import type { ReturnRecord } from '@/lib/domain/returns/record'
import { type FormatTime, readAt, withId } from './receipt-wording'

/** The outcome for a customer, without Vida's messages and the app's rules. */
function customerSentence(record: ReturnRecord, format: FormatTime): string {
  const { outcome, verified } = record
  const when = readAt(record, format)
  switch (outcome) {
    case 'returned':
      if (verified) return `Returned, confirmed gone${when}.`
      if (verified === false) return `The return was accepted; the number was still listed${when}.`
      return 'The return was accepted; it is not confirmed yet.'
    case 'refused':
      if (verified) return `The return was refused; the number was no longer in this account${when}.`
      if (verified === false) return `Not returned; the number was still listed${when}.`
      return 'The return was refused; it is not known where the number is now.'
    case 'already_gone':
      return 'The number was no longer in this account.'
    case 'unknown':
      return 'It is not known yet whether the number was returned.'
    case 'open':
      return 'The return is in progress.'
    case 'not_sent':
      return 'No request was sent; the number is unchanged.'
    case 'not_returned':
      return 'Not returned.'
  }
}

export function receiptTitle({ number, national }: ReturnRecord): string {
  return `Return of ${number}${national ? `, ${national}` : ''}`
}

/** The receipt for the customer, without reason and notes. */
export function receiptFacts(record: ReturnRecord, format: FormatTime): (readonly [name: string, value: string])[] {
  const facts = [
    ['Agent account', record.accountId && withId(record.accountName, record.accountId)],
    ['Organization', record.organizationId && withId(record.organizationName, record.organizationId)],
    ['Requested', format(record.requestedAt)],
    ['By', record.operator],
    ['Outcome', customerSentence(record, format)],
    ['Receipt', record.receiptId],
  ] as const
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []))
}

export function receiptText(record: ReturnRecord, format: FormatTime): string {
  const facts = receiptFacts(record, format).map(([name, value]) => `${name}: ${value}`)
  return [receiptTitle(record), ...facts].join('\n')
}
