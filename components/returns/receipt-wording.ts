import type { ReturnEvent, ReturnRecord } from '@/lib/domain/returns/record'
import { MARK_AFTER_MS } from '@/lib/domain/returns/settling'

function quoted(message: string | null): string {
  return message ? ` Vida said: “${message}”` : ''
}

function afterReading({ gone }: ReturnEvent): string {
  if (gone === true) return 'The account was read again: confirmed gone.'
  if (gone === false) return 'The account was read again: the number was still listed.'
  return 'The account could not be read again, so nothing is known from that.'
}

function answered({ outcome, message, httpStatus }: ReturnEvent): string {
  const status = httpStatus === null ? '' : ` (${httpStatus})`
  if (outcome === 'returned') return `Vida accepted the return${status}.${quoted(message)}`
  if (outcome === 'refused') return `Vida refused${status}.${quoted(message)}`
  return `Vida answered${status}.${quoted(message)}`
}

/** One step of a return in words. */
export function eventSentence(event: ReturnEvent): string {
  switch (event.how) {
    case 'sending':
      return 'Recorded that the request goes to Vida now, once.'
    case 'vida_answered':
      return answered(event)
    case 'read_before':
      return event.gone === true
        ? 'The account was read first: the number was not there any more. Nothing was sent.'
        : 'The account was read first: the number was there.'
    case 'unreadable_before':
      return 'The account could not be read first, so nothing was sent.'
    case 'not_recorded':
      return 'The record of returns failed just before the request went out. Nothing was sent.'
    case 'read_after':
      return afterReading(event)
    case 'never_connected':
      return 'No connection to Vida could be made. Nothing was sent.'
    case 'no_answer':
      return 'The request went out, but no answer came. Whether Vida acted on it is not known from that.'
    case 'unclear_answer':
      return `Vida’s answer${event.httpStatus === null ? '' : ` (${event.httpStatus})`} does not say what became of the number.${quoted(event.message)}`
    case 'server_stopped':
      if (event.outcome === 'not_sent') return 'The app was stopped before the request went out. Nothing was sent.'
      return 'The app was stopped before the outcome was known.'
    case 'marked_by_person':
      return 'A person saw the number still listed and marked it as not returned.'
    case 'absent_from_scan':
      return 'A complete reading of all accounts does not show the number any more.'
    case 'seen_in_scan':
      return 'A complete reading of all accounts still shows the number.'
  }
}

type At = (iso: string) => string
type Looked = Pick<ReturnRecord, 'verified' | 'verifiedAt'>

function lookedAt({ verifiedAt }: Looked, at: At): string {
  return verifiedAt ? ` at ${at(verifiedAt)}` : ''
}

/** Where the number is after a refusal: only what a reading of the account showed. */
function afterRefusal(record: Looked, at: At): string {
  if (record.verified === null) return 'Where the number is now was not read.'
  const when = lookedAt(record, at)
  return record.verified
    ? `Yet the number was not in this account any more${when}.`
    : `The number was still listed${when}.`
}

/** What is known now beyond the outcome's own word, which stands beside it. `at` writes a time for people. */
export function receiptDetail(record: ReturnRecord, at: At): string {
  switch (record.outcome) {
    case 'returned':
      if (record.verified) return `Confirmed gone${lookedAt(record, at)}.`
      if (record.verified === false) return `Vida accepted it; still listed${lookedAt(record, at)}.`
      return 'Vida accepted it; not confirmed by reading the account yet.'
    case 'refused':
      return `${afterRefusal(record, at)}${quoted(record.message)}`
    case 'already_gone':
      return `The number was not in this account any more when it was looked for${record.events.some(({ how }) => how === 'sending') ? '' : '. Nothing was sent'}.`
    case 'unknown':
      return 'The request went out, and nothing proves yet whether the number was returned. It can’t be returned again until this is settled.'
    case 'open':
      return 'What becomes of it shows here as soon as it is known.'
    case 'not_sent':
      return 'Nothing was sent to Vida; the number was not touched.'
    case 'not_returned':
      return 'A person looked and it was still there.'
  }
}

/** What is known now, in a sentence that stands by itself. `at` writes a time for people. */
export function receiptSentence(record: ReturnRecord, at: At): string {
  switch (record.outcome) {
    case 'returned':
      return record.verified ? `Returned, confirmed gone${lookedAt(record, at)}.` : receiptDetail(record, at)
    case 'refused':
      return `${record.verified === false ? 'Not returned: Vida refused.' : 'Vida refused.'} ${receiptDetail(record, at)}`
    case 'open':
      return 'The return is under way.'
    case 'not_returned':
      return 'Not returned: a person looked and it was still there.'
    default:
      return receiptDetail(record, at)
  }
}

/** From when on a person may mark a return as not returned, ms. */
export function markableFrom({ requestedAt }: Pick<ReturnRecord, 'requestedAt'>): number {
  return Date.parse(requestedAt) + MARK_AFTER_MS
}

/**
 * Why *Mark not returned* is not offered yet; null when it is. Without an account nothing can be looked at, so the person's
 * word and the time count. `early`: before `markableFrom`, which `at` writes for people.
 */
export function whyNotMarkable(record: ReturnRecord, early: boolean, at: At): string | null {
  const { accountId, events } = record
  const from = `Possible from ${at(new Date(markableFrom(record)).toISOString())} on`
  if (accountId === null) return early ? `${from}, if Numbers still lists it.` : null
  if (early) return `${from}, if the number is still listed then.`
  const looked = events.findLast(({ gone }) => gone !== null)
  if (looked?.gone !== false) return 'Possible once Check again has seen the number still listed.'
  return null
}

/** Why *Check again* is not offered for a return that was made by hand, and what settles it instead. */
export const NO_ACCOUNT_TO_CHECK =
  'It was returned by hand, so there is no account to look at. A complete reading of Numbers without the number settles it.'

/** The outcome as a customer reads it: neither Vida's words nor this app's ways. */
function customerSentence(record: ReturnRecord, at: At): string {
  const when = lookedAt(record, at)
  switch (record.outcome) {
    case 'returned':
      if (record.verified) return `Returned, confirmed gone${when}.`
      if (record.verified === false) return `The return was accepted; the number was still listed${when}.`
      return 'The return was accepted; it is not confirmed yet.'
    case 'refused':
      if (record.verified) return `The return was refused; the number was not in this account any more${when}.`
      if (record.verified === false) return `Not returned; the number was still listed${when}.`
      return 'The return was refused; where the number is now is not known.'
    case 'already_gone':
      return 'The number was not in this account any more when it was to be returned.'
    case 'unknown':
      return 'It is not known yet whether the number was returned.'
    case 'open':
      return 'The return is under way.'
    case 'not_sent':
      return 'No request was sent; the number was not touched.'
    case 'not_returned':
      return 'Not returned.'
  }
}

/** “Front desk (100001)”: two may share a name. */
export function withId(name: string | null, id: string | null): string | null {
  return name && id ? `${name} (${id})` : (name ?? id)
}

/** The receipt as plain text, to send to the customer: without the note, which is the desk's own. */
export function receiptText(record: ReturnRecord, at: At): string {
  const lines = [
    `Return of ${record.number}${record.national ? `, ${record.national}` : ''}`,
    record.accountId && `Agent account: ${withId(record.accountName, record.accountId)}`,
    record.organizationId && `Organization: ${withId(record.organizationName, record.organizationId)}`,
    `Requested: ${at(record.requestedAt)}`,
    `Outcome: ${customerSentence(record, at)}`,
    `Receipt: ${record.receiptId}`,
  ]
  return lines.filter(Boolean).join('\n')
}
