import { ApiProblem, NoAnswer, send } from '@/lib/client/fetch/api'
import { linesOf } from '@/lib/client/fetch/lines'
import { shaped } from '@/lib/client/fetch/shape'
import type { DiagnosisEvent, DiagnosisReport } from '@/lib/domain/diagnosis/report'

const SILENT = 'The app stopped sending, so there is no report. Run it again.'

const isEvent = shaped<DiagnosisEvent>('type')

function parseLine(line: string): DiagnosisEvent {
  let event: unknown
  try {
    event = JSON.parse(line)
  } catch {}
  if (isEvent(event)) return event
  throw new NoAnswer('The diagnosis was interrupted. Run it again.')
}

/** @param onCall gets how many calls were made, and how many may be. @throws ApiProblem, NoAnswer */
export async function runDiagnosis(
  signal: AbortSignal,
  onCall: (calls: number, most: number) => void,
): Promise<DiagnosisReport> {
  const response = await send('/api/diagnosis', { method: 'POST', body: {}, signal })
  try {
    for await (const line of linesOf(response.body ?? new Blob().stream(), SILENT)) {
      const event = parseLine(line)
      if (event.type === 'progress') onCall(event.calls, event.most)
      else if (event.type === 'report') return event.report
      else throw new ApiProblem(401, event.code, event.detail)
    }
  } catch (error) {
    if (signal.aborted || error instanceof ApiProblem || error instanceof NoAnswer) throw error
  }
  throw new NoAnswer('The connection broke, so there is no report. Run it again.')
}
