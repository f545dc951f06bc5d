import type { Proof, ReturnEvent, ReturnRecord } from '@/lib/domain/returns/record'
import { MARK_AFTER_MS } from '@/lib/domain/returns/settling'

/** Writes a time (ISO 8601) for people. */
type FormatTime = (iso: string) => string

function quoted(message: string | null): string {
  return message ? ` Vida said: “${message}”` : ''
}

function withStatus(text: string, { httpStatus }: ReturnEvent): string {
  return httpStatus === null ? text : `${text} (${httpStatus})`
}

const ANSWERS: Partial<Record<ReturnRecord['outcome'], string>> = {
  returned: 'Vida accepted the return',
  refused: 'Vida refused',
}

const EVENTS: Record<Proof, (event: ReturnEvent) => string> = {
  sending: () => 'Recorded before the request was sent to Vida, once.',
  vida_answered: (event) => `${withStatus(ANSWERS[event.outcome] ?? 'Vida answered', event)}.${quoted(event.message)}`,
  read_before: ({ gone }) =>
    gone
      ? 'The account was read first: the number was no longer there. Nothing was sent.'
      : 'The account was read first: the number was there.',
  unreadable_before: () => 'The account could not be read first, so nothing was sent.',
  not_checked: () => 'Vida could not be asked whether the account may return the number. Nothing was sent.',
  too_busy: () => 'The app had too much to read at that time. Nothing was sent.',
  not_recorded: () => 'The app could not write its record of returns, so nothing was sent.',
  read_after: ({ gone }) => {
    if (gone === null) return 'The account could not be read again.'
    return `The account was read again: ${gone ? 'confirmed gone' : 'the number was still listed'}.`
  },
  undone: () => 'A person undid the return before it was sent. Nothing was sent.',
  signed_out: () => 'The session that confirmed the return ended before it was sent. Nothing was sent.',
  stopped: () => 'The batch was stopped before the request was sent. Nothing was sent.',
  too_old: () => 'More than two minutes passed before the request could be sent. Nothing was sent.',
  lease_lost: () => 'The app was interrupted before the request was sent. Nothing was sent.',
  held_elsewhere: () => 'Another account was returning the number at that time. Nothing was sent.',
  role_changed: () => 'Vida no longer lets the signed-in account return numbers. Nothing was sent.',
  protected: () => 'The number was protected, itself or by its agent account or organization. Nothing was sent.',
  read_only: () => 'The app was set to return nothing. Nothing was sent.',
  account_not_found: () => 'The account is not below the signed-in account. Nothing was sent.',
  in_two_accounts: () => 'Vida listed the number in two accounts. Nothing was sent.',
  never_connected: () => 'Vida could not be reached. Nothing was sent.',
  no_answer: () => 'The request was sent, but no answer came. It is not known whether Vida returned the number.',
  unclear_answer: (event) =>
    `${withStatus('Vida’s answer', event)} does not say whether the number was returned.${quoted(event.message)}`,
  server_stopped: ({ outcome }) =>
    outcome === 'not_sent'
      ? 'The app was stopped before the request was sent. Nothing was sent.'
      : 'The app was stopped before the outcome was known.',
  marked_by_person: () => 'A person saw the number still listed and marked it as not returned.',
  absent_from_scan: () => 'A complete reading of all accounts no longer shows the number.',
  contradicted: (event) =>
    `${withStatus('Vida answered later', event)}, after the return was settled otherwise.${quoted(event.message)}`,
  seen_in_scan: () => 'A complete reading of all accounts still shows the number.',
}

export function eventSentence(event: ReturnEvent): string {
  return EVENTS[event.how](event)
}

function readAt({ verifiedAt }: ReturnRecord, format: FormatTime): string {
  return verifiedAt ? ` at ${format(verifiedAt)}` : ''
}

/** What is known besides the outcome, whose name stands beside it. */
export function receiptDetail(record: ReturnRecord, format: FormatTime): string {
  const { outcome, verified, message, events } = record
  const when = readAt(record, format)
  switch (outcome) {
    case 'returned':
      if (verified) return `Confirmed gone${when}.`
      if (verified === false) return `Vida accepted the return, but the number was still listed${when}.`
      return 'Vida accepted the return. It is not confirmed yet.'
    case 'refused':
      if (verified === null) return `It is not known where the number is now.${quoted(message)}`
      return `${verified ? 'However, the number was no longer in this account' : 'The number was still listed'}${when}.${quoted(message)}`
    case 'already_gone':
      return `The number was no longer in this account.${events.some(({ how }) => how === 'sending') ? '' : ' Nothing was sent.'}`
    case 'unknown':
      return 'The request was sent, but it is not known whether the number was returned. It can’t be returned again until this is settled.'
    case 'open':
      return 'The outcome shows here as soon as it is known.'
    case 'not_sent':
      return 'Nothing was sent to Vida. The number is unchanged.'
    case 'not_returned':
      return 'A person confirmed that the number was still listed.'
  }
}

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

/** From when on a person may mark a return as not returned, ms. */
export function markableFrom({ requestedAt }: Pick<ReturnRecord, 'requestedAt'>): number {
  return Date.parse(requestedAt) + MARK_AFTER_MS
}

/** Why *Mark not returned* is not available; null: it is. Without an account only the time (`early`) counts. */
export function whyNotMarkable(record: ReturnRecord, early: boolean, format: FormatTime): string | null {
  const { accountId, events } = record
  if (early)
    return `Available from ${format(new Date(markableFrom(record)).toISOString())}, if the number is still listed then.`
  if (accountId === null) return null
  const lastRead = events.findLast(({ gone }) => gone !== null)
  return lastRead?.gone === false ? null : 'Available when Check again has found the number still listed.'
}

export const NO_ACCOUNT_TO_CHECK =
  'The number was returned by hand, so there is no account to read. Refresh Numbers: if a reading has listed the number and a later complete one does not, the return is confirmed.'

/** “Front desk (100001)”: two accounts may share a name. */
export function withId(name: string | null, id: string | null): string | null {
  return name && id ? `${name} (${id})` : (name ?? id)
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
