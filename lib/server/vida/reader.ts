import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { turn } from '@/lib/server/process/slices'
import { errorMessageOf, parseAnswer } from './answer'
import { type Masking, messageOf, saysNo } from './envelope'
import { type ReadingCode, VidaFailure } from './failure'
import { abortError, type Pace, type Priority } from './pace'
import { readRetryAfter } from './retry-after'
import { type Answer, exchange, TransportFault } from './transport'

/** Milliseconds. `attemptMs`: one exchange; `totalMs`: a read with its waiting; `returnMs`: the one POST. */
export interface Deadlines {
  attemptMs: number
  totalMs: number
  returnMs: number
  backoffMs: number
}

export const DEADLINES: Deadlines = { attemptMs: 15_000, totalMs: 60_000, returnMs: 30_000, backoffMs: 250 }

/** Sees every exchange of a read; the token is masked in `value`, and `query` lacks it. */
export interface Observer {
  /** Before each request; what it throws ends the read. */
  asks: (asked: Asked) => void
  came: (exchange: Exchange) => void
}

export interface Asked {
  path: string
  query: Readonly<Record<string, string>>
}

export interface Exchange extends Asked {
  status: number
  ms: number
  /** It had `Retry-After`. */
  saysWhen: boolean
  /** Undefined: no JSON. */
  value: unknown
}

export interface Upstream extends Masking {
  baseUrl: string
  readOnly: boolean
  pace: Pace
  deadlines: Deadlines
  observer?: Observer | undefined
}

export interface ReadOptions {
  signal?: AbortSignal | undefined
  priority?: Priority | undefined
  /** One request, on a connection of its own; default: again after what may pass. */
  once?: boolean
  /** Milliseconds; default: as for all reads. */
  totalMs?: number | undefined
}

const MOST_ATTEMPTS = 3

function codeOfFault(fault: TransportFault): ReadingCode {
  if (fault.kind === 'too_large') return 'answer_too_large'
  return fault.kind === 'timed_out' ? 'read_timed_out' : 'read_unreachable'
}

function open(answer: Answer, value: unknown, upstream: Upstream): unknown {
  const { status } = answer
  if (status >= 400) {
    const code = status === 401 ? 'unauthorized' : 'read_refused'
    throw new VidaFailure(code, status, errorMessageOf(answer, upstream))
  }
  const said = messageOf(value, upstream)
  if (status < 200 || status >= 300 || value === undefined) throw new VidaFailure('unknown_shape', status, said)
  if (saysNo(value)) throw new VidaFailure('read_refused', status, said)
  return value
}

/** At most 3 attempts for 5xx and connection faults; a 429 is no attempt. @throws VidaFailure, AbortError */
export async function readJson(
  upstream: Upstream,
  path: string,
  query: Readonly<Record<string, string>>,
  { signal, priority = 'scan', once = false, totalMs = upstream.deadlines.totalMs }: ReadOptions,
): Promise<unknown> {
  const { baseUrl, readOnly, token, pace, deadlines, observer } = upstream
  // A scan's read waits behind thousands: its total time begins with its first turn.
  let endsAt = priority === 'now' ? performance.now() + totalMs : null
  const mostAttempts = once ? 1 : MOST_ATTEMPTS
  let attempts = 0
  let attemptIsCut = false
  let problem: VidaFailure | null = null
  const left = () => (endsAt === null ? totalMs : endsAt - performance.now())

  const attempt = async () => {
    endsAt ??= performance.now() + totalMs
    const deadlineMs = Math.max(1, Math.min(deadlines.attemptMs, left()))
    attemptIsCut = deadlineMs < deadlines.attemptMs
    // The first attempt may have met a stale connection.
    const fresh = once || attempts > 0
    observer?.asks({ path, query })
    const startedAt = performance.now()
    const answer = await exchange({ baseUrl, readOnly, method: 'GET', path, query, token, fresh, deadlineMs, signal })
    const ms = performance.now() - startedAt
    // Within this turn, as its end lets the next request start.
    if (answer.status === 429) pace.slowDown(readRetryAfter(answer.headers.retryAfter, Date.now()))
    // Many answers may have come in one turn of the event loop.
    await turn()
    // Parsed within it, too: large answers would come faster than they are parsed.
    const parsing = { owner: pace, deadlineMs: left(), signal }
    const { status, headers } = answer
    const value = status < 400 || observer ? await parseAnswer(answer, upstream, parsing) : undefined
    observer?.came({ path, query, status, ms, saysWhen: headers.retryAfter !== null, value })
    return { answer, value }
  }

  while (attempts < mostAttempts && left() > 0) {
    try {
      // A read that has begun goes before those of a scan that have not.
      const place =
        endsAt === null ? { priority } : ({ priority: priority === 'now' ? priority : 'next', waitMs: left() } as const)
      const { answer, value } = await pace.run(attempt, { signal, ...place })
      if (answer.status === 429) {
        problem = new VidaFailure('read_busy', 429, errorMessageOf(answer, upstream))
        if (once) break
        continue
      }
      if (answer.status < 500) {
        pace.speedUp()
        return open(answer, value, upstream)
      }
      problem = new VidaFailure('read_failed', answer.status, errorMessageOf(answer, upstream))
    } catch (error) {
      if (signal?.aborted) throw abortError()
      // By name: the pace may have been made by another bundle's copy of this class.
      if (error instanceof Error && error.name === 'WaitedTooLong') break
      if (!(error instanceof TransportFault)) throw error
      const met = new VidaFailure(codeOfFault(error), error.status)
      if (error.kind === 'too_large') throw met
      // What Vida did before says more than that the rest of the total time was too short.
      if (!attemptIsCut) problem = met
      else problem ??= met
    }
    attempts++
    const pauseMs = deadlines.backoffMs * 2 ** (attempts - 1) * (0.5 + Math.random() / 2)
    if (attempts < mostAttempts && left() > pauseMs) await sleep(pauseMs, undefined, { signal })
    else break
  }
  throw problem ?? new VidaFailure('read_busy')
}
