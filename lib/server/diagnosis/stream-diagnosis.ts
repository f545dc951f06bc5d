import 'server-only'
import type { DiagnosisEvent } from '@/lib/domain/diagnosis/report'
import { problemWording } from '@/lib/domain/problems/codes'
import { count } from '@/lib/server/budgets/budgets'
import { streamed } from '@/lib/server/budgets/streamed'
import type { Context } from '@/lib/server/context/context'
import type { RequestSession } from '@/lib/server/session/current'
import { whileLive } from '@/lib/server/session/while-live'
import { diagnose } from './diagnose'
import { MOST_CALLS } from './watch'

const lineOf = (event: DiagnosisEvent) => `${JSON.stringify(event)}\n`

function signedOutLine(): string {
  const code = 'signed_out'
  return lineOf({ type: 'problem', code, detail: problemWording(code).detail })
}

/** A diagnosis with the session's token, as NDJSON. @throws Problem 429: one at a time, few in a minute */
export function streamDiagnosis(
  ctx: Context,
  session: RequestSession,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const { identity } = session
  return streamed(ctx, 'diagnoses', { identity, signal }, async () => {
    count(ctx, 'diagnosesBegun', identity)
    return whileLive(ctx, session, diagnosisLines(ctx, session), signal, signedOutLine)
  })
}

function diagnosisLines(ctx: Context, session: RequestSession): ReadableStream<Uint8Array> {
  const stop = new AbortController()
  const encoder = new TextEncoder()
  return new ReadableStream({
    start(controller) {
      const send = (event: DiagnosisEvent) => {
        if (!stop.signal.aborted) controller.enqueue(encoder.encode(lineOf(event)))
      }
      const running = diagnose((observer) => ctx.vida(session, observer), {
        isProduction: ctx.settings.vidaIsProduction,
        signal: stop.signal,
        onCall: (calls) => send({ type: 'progress', calls, most: MOST_CALLS }),
      })
      running.then(
        (report) => {
          send({ type: 'report', report })
          controller.close()
        },
        (error: unknown) => {
          if (!stop.signal.aborted) controller.error(error)
        },
      )
    },
    cancel: () => stop.abort(),
  })
}
