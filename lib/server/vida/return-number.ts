import 'server-only'
import { isE164 } from '@/lib/server/phone/e164'
import { messageOf } from './envelope'
import { fieldsOf, parseJson } from './fields'
import type { Upstream } from './reader'
import { readRetryAfter } from './retry-after'
import { type Answer, exchange, type FaultKind, TransportFault } from './transport'

type UnknownReason = 'timed_out' | 'reset' | 'server_error' | 'redirect' | 'unclear_answer'

type Verdict =
  | { kind: 'returned' }
  | { kind: 'refused' }
  | { kind: 'unknown'; reason: UnknownReason }
  /** There was no connection, so nothing left this machine. */
  | { kind: 'not_sent' }

/** `message`: Vida's own sentence, the token masked. `status` null: no answer began. `durationMs`: whole ms. */
export type ReturnReply = Verdict & { status: number | null; message: string | null; durationMs: number }

/** The statuses that are a no; any other 4xx may come from something between here and Vida. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404, 409, 422, 429])

/** Only the documented 200 with `success: true` is a yes; another 2xx (a 202, say) promises something else. */
function verdictOn(status: number, success: unknown): Verdict {
  if (status === 200 && success === true) return { kind: 'returned' }
  if (REFUSALS.has(status) || (status === 200 && success === false)) return { kind: 'refused' }
  if (status >= 500) return { kind: 'unknown', reason: 'server_error' }
  if (status >= 300 && status < 400) return { kind: 'unknown', reason: 'redirect' }
  return { kind: 'unknown', reason: 'unclear_answer' }
}

function verdictOnFault(kind: FaultKind): Verdict {
  if (kind === 'not_connected') return { kind: 'not_sent' }
  if (kind === 'timed_out' || kind === 'reset') return { kind: 'unknown', reason: kind }
  return { kind: 'unknown', reason: 'unclear_answer' }
}

/** Sends one POST on a new connection, without retry, redirect or wait. Never throws; not E.164: `not_sent`. */
export async function returnNumber(
  { baseUrl, token, pace, deadlines, mask }: Upstream,
  e164: string,
): Promise<ReturnReply> {
  if (!isE164(e164)) return { kind: 'not_sent', status: null, message: null, durationMs: 0 }
  const startedAt = performance.now()
  const durationMs = () => Math.round(performance.now() - startedAt)
  let answer: Answer
  try {
    answer = await exchange({
      baseUrl,
      method: 'POST',
      path: '/api/v2/phoneNumber/return',
      query: {},
      token,
      body: JSON.stringify({ number: e164 }),
      fresh: true,
      deadlineMs: deadlines.returnMs,
    })
  } catch (error) {
    // A mistake of this code: whether something was sent is not known.
    const fault = error instanceof TransportFault ? error : null
    const verdict = verdictOnFault(fault?.kind ?? 'reset')
    return { ...verdict, status: fault?.status ?? null, message: null, durationMs: durationMs() }
  }
  const { status, headers, text } = answer
  if (status === 429) pace.slowDown(readRetryAfter(headers.retryAfter, Date.now()))
  const value = parseJson(text)
  const verdict = verdictOn(status, fieldsOf(value)?.success)
  return { ...verdict, status, message: messageOf(value, mask), durationMs: durationMs() }
}
