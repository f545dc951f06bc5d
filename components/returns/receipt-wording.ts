import type { Proof, ReturnEvent, ReturnRecord } from '@/lib/domain/returns/record'

/** Writes a time (ISO 8601) for people. */
export type FormatTime = (iso: string) => string

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

/** When the account was read for it, to end a sentence with. */
export function readAt({ verifiedAt }: ReturnRecord, format: FormatTime): string {
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

/** “Front desk (100001)”: two accounts may share a name. */
export function withId(name: string | null, id: string | null): string | null {
  return name && id ? `${name} (${id})` : (name ?? id)
}
