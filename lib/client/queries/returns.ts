import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { ApiProblem, isRefusal, NoAnswer, request, send } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { AssignedNumber } from '@/lib/domain/accounts/account'
import { readUntil } from '@/lib/domain/returns/read-until'
import type { HeldReturn, ReturnAnswer, ReturnRecord } from '@/lib/domain/returns/record'

/** Days are `YYYY-MM-DD` in the browser's time zone, both included. */
export interface ReturnsFilter {
  search: string
  outcomes: readonly string[]
  from: string
  to: string
  /** The whole name, and the whole reason; empty: any. */
  operator?: string
  reason?: string
  organizationId?: string
}

/** ISO 8601; null if the calendar has no such day (`2026-02-30`). */
function startOfDay(day: string, plusDays: number): string | null {
  if (!isDay(day)) return null
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const time = new Date(2000, 0)
  time.setFullYear(year, month - 1, date + plusDays)
  return time.toISOString()
}

/** Whether a text is a day of the calendar as `YYYY-MM-DD`, as date fields need it. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  return time !== null && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text)
}

export function isReversed({ from, to }: Pick<ReturnsFilter, 'from' | 'to'>): boolean {
  return from !== '' && to !== '' && from > to
}

/** The query of `GET /api/returns`, which excludes `to`: it is sent as the start of the next day. */
export function returnsSearch(filter: ReturnsFilter): URLSearchParams {
  const { search, outcomes, from, to, operator, reason, organizationId } = filter
  const query = new URLSearchParams()
  if (search.trim()) query.set('search', search.trim())
  if (outcomes.length > 0) query.set('outcome', outcomes.join(','))
  const after = from ? startOfDay(from, 0) : null
  const before = to ? startOfDay(to, 1) : null
  if (after) query.set('from', after)
  if (before) query.set('to', before)
  if (operator) query.set('operator', operator)
  if (reason) query.set('reason', reason)
  if (organizationId) query.set('organizationId', organizationId)
  return query
}

/** All returns that match, as CSV. @throws as `send` */
export function fetchReturnsCsv(filter: ReturnsFilter): Promise<Response> {
  const query = returnsSearch(filter)
  query.set('format', 'csv')
  return send(`/api/returns?${query}`)
}

interface ReturnChoices {
  operators: string[]
  reasons: string[]
}

interface ReturnsPage {
  returns: ReturnRecord[]
  nextCursor: string | null
}

const isPage = shaped<ReturnsPage>('returns', 'nextCursor')
const isAnswer = shaped<HeldReturn | ReturnAnswer>('outcome', 'receiptId')
const isChoices = shaped<ReturnChoices>('operators', 'reasons')
const isUndone = shaped<{ receiptId: string }>('receiptId')
const isRecord = shaped<ReturnRecord>('receiptId', 'outcome', 'events')

export const returnsKey = ['returns'] as const

/** The names and reasons that the account's returns have. */
export const choicesQuery = queryOptions({
  queryKey: [...returnsKey, 'choices'],
  queryFn: ({ signal }) => request('/api/returns/choices', isChoices, { signal }),
})

/** The newest returns that a search for a number (E.164) finds. */
export function numberReturnsQuery(number: string) {
  const query = returnsSearch({ search: number, outcomes: [], from: '', to: '' })
  return queryOptions({
    queryKey: [...returnsKey, 'number', number],
    queryFn: ({ signal }) => request(`/api/returns?${query}`, isPage, { signal }),
  })
}

/** A clock that differs by more than this says nothing about the server's, ms. */
const MOST_AHEAD_MS = 60_000

/** The polling interval for these returns, ms; false: all are settled, and read after it. `now`: Unix ms. */
export function followAfter(records: readonly Parameters<typeof readUntil>[0][], now = Date.now()): number | false {
  const isUnderWay = (record: Parameters<typeof readUntil>[0]) => {
    const left = readUntil(record) - now
    return record.outcome === 'open' || (left > 0 && left < MOST_AHEAD_MS)
  }
  if (records.some(isUnderWay)) return 2_000
  return records.some(({ outcome }) => outcome === 'unknown') && 15_000
}

const receiptPath = (receiptId: string) => `/api/returns/${encodeURIComponent(receiptId)}`

export function receiptQuery(receiptId: string) {
  return queryOptions({
    queryKey: [...returnsKey, 'one', receiptId],
    queryFn: ({ signal, client, queryKey }) => {
      const background = client.getQueryData(queryKey) !== undefined
      return request(receiptPath(receiptId), isRecord, { signal, background })
    },
    retry: (count, error) => count < 1 && !isRefusal(error),
    refetchInterval: ({ state }) => followAfter(state.data ? [state.data] : []),
  })
}

/** `accountId` null: returned by hand, without an account read before. */
export interface ReturnRequest {
  number: string
  accountId: string | null
  reason: string | null
  note: string | null
  holdSeconds: number
  requestId: string
}

/** How long after its confirmation a call is still begun or repeated, ms: later nobody expects it any more. */
const REPEATED_FOR_MS = 60_000

/** A paused repetition goes on when the page is looked at again. `confirmedAt`: Unix ms. @throws NoAnswer if too late */
export function expectRecent(confirmedAt: number): void {
  if (Date.now() - confirmedAt <= REPEATED_FOR_MS) return
  throw new NoAnswer('The app did not answer, so it is not known whether it was confirmed. See History.')
}

/** With a hold the outcome is `open`: the receipt tells the rest. */
export async function postReturn(asked: ReturnRequest, confirmedAt: number): Promise<HeldReturn | ReturnAnswer> {
  expectRecent(confirmedAt)
  return request('/api/numbers/return', isAnswer, { method: 'POST', body: asked })
}

/** @throws ApiProblem `too_late` once the request was begun */
export async function postUndo(receiptId: string): Promise<void> {
  await request(`${receiptPath(receiptId)}/undo`, isUndone, { method: 'POST', body: {} })
}

/** The connection failed: a call with a `requestId` may be repeated. */
export function isRepeatable(failures: number, error: Error): boolean {
  return error instanceof NoAnswer && failures < 3
}

/** Adds a note to a receipt, for ever. */
export function postNote(receiptId: string, note: string): Promise<ReturnRecord> {
  return request(`${receiptPath(receiptId)}/notes`, isRecord, { method: 'POST', body: { note } })
}

const settle = (receiptId: string, action: 'check' | 'mark') =>
  request(`${receiptPath(receiptId)}/${action}`, isRecord, { method: 'POST', body: {} })

/** A read that began earlier would overwrite the newer record. */
async function storeRecord(client: QueryClient, record: ReturnRecord): Promise<ReturnRecord> {
  const { queryKey } = receiptQuery(record.receiptId)
  await client.cancelQueries({ queryKey })
  client.setQueryData(queryKey, record)
  return record
}

/** Checks a return. One that was settled just before is read: its result is the same. @throws as `request` */
export async function checkReturn(client: QueryClient, receiptId: string): Promise<ReturnRecord> {
  const record = await settle(receiptId, 'check').catch((error: unknown) => {
    if (error instanceof ApiProblem && error.code === 'not_unknown') return request(receiptPath(receiptId), isRecord)
    throw error
  })
  return storeRecord(client, record)
}

/** Marks an unknown return as not returned. @throws as `request` */
export async function markReturn(client: QueryClient, receiptId: string): Promise<ReturnRecord> {
  return storeRecord(client, await settle(receiptId, 'mark'))
}

export type ParsedNumber = Pick<AssignedNumber, 'number' | 'national' | 'country'>
const isParsed = shaped<ParsedNumber>('number', 'national', 'country')

/** Normalizes a typed number. @throws ApiProblem `invalid_number` */
export function postParse(text: string): Promise<ParsedNumber> {
  return request('/api/numbers/parse', isParsed, { method: 'POST', body: { text } })
}
