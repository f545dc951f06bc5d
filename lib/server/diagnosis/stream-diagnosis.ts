import 'server-only'
import type { NoteCode } from '@/lib/domain/diagnosis/notes'
import type { DiagnosisEvent, DiagnosisReport } from '@/lib/domain/diagnosis/report'
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

const NOT_ASKED: readonly NoteCode[] = ['use_foreign', 'use_not_offered', 'unknown_shape']

/** Whether Vida is asked when a number was last used. */
async function saveFindings(ctx: Context, identity: string, { endpoints }: DiagnosisReport): Promise<void> {
  for (const { name, notes } of endpoints) {
    if (name !== 'messages' && name !== 'logs') continue
    const isTold = notes.includes('use_told')
    if (!isTold && !notes.some((code) => NOT_ASKED.includes(code))) continue
    await ctx.findings
      .note(identity, `${name}_offered`, isTold, ctx.clock.now())
      .catch(() => ctx.log('error', 'finding_not_saved'))
  }
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
        async (report) => {
          await saveFindings(ctx, session.identity, report)
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
