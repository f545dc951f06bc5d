import 'server-only'
import { isE164 } from '@/lib/server/phone/e164'
import { parseAnswer } from './answer'
import { messageOf } from './envelope'
import { fieldsOf } from './fields'
import type { Upstream } from './reader'
import { readRetryAfter } from './retry-after'
import { type Answer, type Connection, connect, type FaultKind, TransportFault } from './transport'

type UnknownReason = 'timed_out' | 'reset' | 'server_error' | 'redirect' | 'unclear_answer'

type Verdict =
  | { kind: 'returned' }
  | { kind: 'refused' }
  | { kind: 'unknown'; reason: UnknownReason }
  /** There was no connection, or only GETs may go out: nothing left this machine. */
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
  if (kind === 'not_connected' || kind === 'read_only') return { kind: 'not_sent' }
  if (kind === 'timed_out' || kind === 'reset') return { kind: 'unknown', reason: kind }
  return { kind: 'unknown', reason: 'unclear_answer' }
}

/** A new connection for one return request; nothing was sent until `send`. */
export interface ReturnConnection {
  /**
   * Sends `POST /api/v2/phoneNumber/return` exactly once, its first byte in this turn of the event loop: no retry, no
   * redirect, its query `token` alone. Takes E.164, else it throws at once. The promise never rejects.
   */
  send: (e164: string) => Promise<ReturnReply>
  close: () => void
}

/** @returns null: no connection could be made. */
export async function connectForReturn(upstream: Upstream, signal?: AbortSignal): Promise<ReturnConnection | null> {
  const { baseUrl, deadlines } = upstream
  try {
    const connection = await connect({ baseUrl, deadlineMs: deadlines.returnMs, signal })
    return { send: (e164) => send(upstream, connection, e164), close: connection.close }
  } catch (error) {
    if (error instanceof TransportFault) return null
    throw error
  }
}

function send(upstream: Upstream, connection: Connection, e164: string) {
  const { baseUrl, readOnly, token, pace, deadlines } = upstream
  if (!isE164(e164)) throw new TypeError('Only an E.164 number can be returned.')
  const startedAt = performance.now()
  const durationMs = () => Math.round(performance.now() - startedAt)
  const failed = (error: unknown): ReturnReply => {
    // A mistake of this code: whether something was sent is not known.
    const fault = error instanceof TransportFault ? error : null
    const verdict = verdictOnFault(fault?.kind ?? 'reset')
    return { ...verdict, status: fault?.status ?? null, message: null, durationMs: durationMs() }
  }
  if (!connection.isOpen()) return Promise.resolve(failed(new TransportFault('not_connected', null)))
  const answered = async (answer: Answer): Promise<ReturnReply> => {
    const { status, headers } = answer
    if (status === 429) pace.slowDown(readRetryAfter(headers.retryAfter, Date.now()))
    const lasted = durationMs()
    const turn = { owner: pace, deadlineMs: deadlines.returnMs - lasted }
    const value = await parseAnswer(answer, upstream, turn).catch(() => undefined)
    const verdict = verdictOn(status, fieldsOf(value)?.success)
    return { ...verdict, status, message: messageOf(value, upstream), durationMs: lasted }
  }
  return connection
    .exchange({
      baseUrl,
      readOnly,
      method: 'POST',
      path: '/api/v2/phoneNumber/return',
      query: {},
      token,
      body: JSON.stringify({ number: e164 }),
      deadlineMs: deadlines.returnMs,
    })
    .then(answered, failed)
}
