import 'server-only'
import type { Account, AssignedNumber } from '@/lib/domain/accounts/account'
import type { DoneEvent, InventoryEvent, ProblemEvent, ProgressEvent } from '@/lib/domain/inventory/events'
import { type ProblemCode, problemWording } from '@/lib/domain/problems/codes'
import { describeNumber } from '@/lib/server/phone/e164'
import { now } from '@/lib/server/process/clock'
import { mapInSlices } from '@/lib/server/process/slices'
import type { VidaAccount, VidaNumber } from '@/lib/server/vida/client'
import type { VidaFailure } from '@/lib/server/vida/failure'
import type { OddEntry } from '@/lib/server/vida/numbers'

type Known = Pick<VidaAccount, 'id' | 'name' | 'active'> & Partial<Pick<VidaAccount, 'canceledAt' | 'canceledReason'>>

/** An agent account in the form that the browser gets; `organization` is null if the scan does not know it. */
export function agentAccount(account: Known, organization: Account | null): Account {
  const { id, name, active, canceledAt = null, canceledReason = null } = account
  return {
    ...{ id, name, active, canceledAt, canceledReason },
    organizationId: organization?.id ?? null,
    organizationName: organization?.name ?? null,
    organizationActive: organization?.active ?? null,
    organizationCanceledAt: organization?.canceledAt ?? null,
  }
}

export function organizationAccount(organization: Known): Account {
  const own = agentAccount(organization, null)
  return agentAccount(organization, own)
}

/**
 * A number as the browser gets it; formatted here because the phone library stays on the server. The library is older
 * than the newest area codes, so the country may be known from Vida alone.
 */
export function assigned({ number, country: stated, label, provider, sms }: VidaNumber): AssignedNumber {
  const { national, country } = describeNumber(number)
  return { number, national, country: country ?? stated, label, provider, sms }
}

export function allAssigned(numbers: readonly VidaNumber[]): Promise<AssignedNumber[]> {
  return mapInSlices(numbers, assigned)
}

export interface Subject {
  account?: { id: string; name: string }
  organization?: { id: string; name: string }
}

export function subjectOf({ id, name }: Account, isOrganization: boolean): Subject {
  return isOrganization ? { organization: { id, name } } : { account: { id, name } }
}

export function problemEvent(
  code: ProblemCode,
  subject: Subject = {},
  vidaMessage: string | null = null,
): ProblemEvent {
  const name = subject.account?.name ?? subject.organization?.name
  const { detail } = problemWording(code)
  const answer = vidaMessage ? ` Vida said: “${vidaMessage}”` : ''
  return { type: 'problem', code, detail: `${name ? `${name}: ` : ''}${detail}${answer}`, ...subject }
}

const MOST_QUOTED = 3

export function oddEntriesEvent(odd: readonly OddEntry[], subject: Subject): ProblemEvent {
  const event = problemEvent('entry_unreadable', subject)
  const quotes = odd.slice(0, MOST_QUOTED).map(({ quote }) => `“${quote}”`)
  const more = odd.length > MOST_QUOTED ? ` and ${odd.length - MOST_QUOTED} more` : ''
  return { ...event, detail: `${event.detail} It lists: ${quotes.join(', ')}${more}.` }
}

export function codeOfFailure(failure: VidaFailure): ProblemCode {
  if (failure.code === 'unauthorized') return 'signed_out'
  if (failure.code === 'not_offered') return 'read_refused'
  return failure.code
}

export type Tally = Pick<DoneEvent, 'accountsFound' | 'accountsRead' | 'accountsFailed' | 'numbers'>

export function progressOf({ accountsFound, accountsRead, accountsFailed }: Tally): ProgressEvent {
  return { type: 'progress', accountsFound, accountsRead, accountsFailed }
}

export function emptyTally(): Tally {
  return { accountsFound: 0, accountsRead: 0, accountsFailed: 0, numbers: 0 }
}

export function countIn(tally: Tally, event: InventoryEvent): void {
  if (event.type === 'numbers') {
    if (!event.partial) tally.accountsRead += 1
    tally.numbers += event.numbers.length
  } else if (event.type === 'problem') {
    if (event.account) tally.accountsFailed += 1
  } else {
    tally.accountsFound = Math.max(tally.accountsFound, event.accountsFound)
  }
  tally.accountsFound = Math.max(tally.accountsFound, tally.accountsRead + tally.accountsFailed)
}

/** The last lines for a reader whose session has ended; counts would reveal what it may not see any more. */
export function signedOutLines(): string {
  const done: InventoryEvent = { type: 'done', complete: false, ...emptyTally(), readAt: new Date(now()).toISOString() }
  return [problemEvent('signed_out'), done].map((event) => `${JSON.stringify(event)}\n`).join('')
}
