import 'server-only'
import { messageOf, saysNo } from './envelope'
import { type ReadingCode, VidaFailure } from './failure'
import { parseJson } from './fields'
import { abortError, type Pace, type Priority } from './pace'
import { readRetryAfter } from './retry-after'
import { type Answer, exchange, TransportFault } from './transport'

/** Milliseconds. `attemptMs`: one exchange; `totalMs`: a whole read with its waiting; `returnMs`: the one POST. */
export interface Deadlines {
  attemptMs: number
  totalMs: number
  returnMs: number
  /** First wait before a read is tried again; doubled for the next. */
  backoffMs: number
}

export const DEADLINES: Deadlines = { attemptMs: 15_000, totalMs: 60_000, returnMs: 30_000, backoffMs: 250 }

export interface Upstream {
  baseUrl: string
  token: string
  pace: Pace
  deadlines: Deadlines
  mask: (text: string) => string
}

export interface ReadOptions {
  signal?: AbortSignal | undefined
  priority?: Priority | undefined
}

const MOST_ATTEMPTS = 3

/** Shorter tokens are no real ones, and masking them in JSON would break words such as `true`. */
const MASKED_IN_JSON_FROM = 8

function codeOfFault(fault: TransportFault): ReadingCode {
  if (fault.kind === 'too_large') return 'answer_too_large'
  return fault.kind === 'timed_out' ? 'read_timed_out' : 'read_unreachable'
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortError())
    const stop = () => {
      clearTimeout(timer)
      reject(abortError())
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

/** What a settled answer means for a read: its JSON, or the failure that it is. */
function open({ status, text }: Answer, { token, mask }: Upstream): unknown {
  const value = parseJson(token.length >= MASKED_IN_JSON_FROM ? mask(text) : text)
  const said = messageOf(value, mask)
  if (status === 401) throw new VidaFailure('unauthorized', status, said)
  if (status >= 400) throw new VidaFailure('read_refused', status, said)
  if (status < 200 || status >= 300 || value === undefined) throw new VidaFailure('unknown_shape', status, said)
  if (saysNo(value)) throw new VidaFailure('read_refused', status, said)
  return value
}

/**
 * Reads one call of Vida's: at most 3 attempts for 5xx and connection faults, jittered backoff between them; a 429 makes the
 * whole pace wait and is no attempt. A single look's total time begins at once, a scan's with its first turn.
 * @returns the answer's JSON. @throws VidaFailure; AbortError when the signal aborts.
 */
export async function readJson(
  upstream: Upstream,
  path: string,
  query: Readonly<Record<string, string>>,
  { signal, priority = 'scan' }: ReadOptions,
): Promise<unknown> {
  const { baseUrl, token, pace, deadlines, mask } = upstream
  let endsAt = priority === 'now' ? performance.now() + deadlines.totalMs : null
  const again: Priority = priority === 'now' ? 'now' : 'next'
  let lane = priority
  let attempts = 0
  let attemptIsCut = false
  /** What the last attempt that had its full time met. */
  let trouble: VidaFailure | null = null
  const left = () => (endsAt === null ? deadlines.totalMs : endsAt - performance.now())

  const attempt = async () => {
    endsAt ??= performance.now() + deadlines.totalMs
    lane = again
    const deadlineMs = Math.max(1, Math.min(deadlines.attemptMs, left()))
    attemptIsCut = deadlineMs < deadlines.attemptMs
    // A second attempt gets a connection of its own: the first may have met a stale one.
    const fresh = attempts > 0
    const answer = await exchange({ baseUrl, method: 'GET', path, query, token, fresh, deadlineMs, signal })
    // Within this turn: once it is over, whoever waits for the next one is let in.
    if (answer.status === 429) pace.slowDown(readRetryAfter(answer.headers.retryAfter, Date.now()))
    return answer
  }

  while (attempts < MOST_ATTEMPTS && left() > 0) {
    try {
      const answer = await pace.run(attempt, { signal, priority: lane, waitMs: endsAt === null ? undefined : left() })
      if (answer.status === 429) {
        trouble = new VidaFailure('read_busy', 429, messageOf(parseJson(answer.text), mask))
        continue
      }
      if (answer.status < 500) {
        pace.speedUp()
        return open(answer, upstream)
      }
      trouble = new VidaFailure('read_failed', answer.status, messageOf(parseJson(answer.text), mask))
    } catch (error) {
      if (signal?.aborted) throw abortError()
      // By name: the pace may have been made by another bundle's copy of this class.
      if (error instanceof Error && error.name === 'WaitedTooLong') break
      if (!(error instanceof TransportFault)) throw error
      const met = new VidaFailure(codeOfFault(error), error.status)
      if (error.kind === 'too_large') throw met
      // That the rest of the total time was too short for an attempt says less than what Vida did before it.
      if (!attemptIsCut) trouble = met
      else trouble ??= met
    }
    attempts++
    const pauseMs = deadlines.backoffMs * 2 ** (attempts - 1) * (0.5 + Math.random() / 2)
    if (attempts < MOST_ATTEMPTS && left() > pauseMs) await sleep(pauseMs, signal)
    else break
  }
  throw trouble ?? new VidaFailure('read_busy')
}
