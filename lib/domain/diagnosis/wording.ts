import { noteOf } from './notes'
import type { DiagnosisReport, EndpointReport, Understood, Verdict } from './report'

export const VERDICTS: Record<Verdict, { title: string; next: string }> = {
  ready: {
    title: 'Ready',
    next: 'The app understands everything that was asked. Compare its list with Vida’s own pages before the first return.',
  },
  limited: {
    title: 'Works with limits',
    next: 'The app can be used within the limits below. Compare its list with Vida’s own pages before the first return, and send the report if a limit is in your way.',
  },
  not_understood: {
    title: 'Not understood',
    next: 'Do not return numbers with the app yet. See below what was not understood, and send the report to the maintainers: it holds names and types of fields, and no values.',
  },
}

export const UNDERSTOOD: Record<Understood, string> = {
  yes: 'understood',
  partly: 'partly understood',
  no: 'not understood',
  none: 'not needed',
}

/** `200 × 2, no answer × 1` */
export function answersOf({ asked, answers }: EndpointReport): string {
  if (asked === 0) return 'not asked'
  const lost = asked - answers.reduce((sum, { count }) => sum + count, 0)
  const told = answers.map(({ status, count }) => `${status} × ${count}`)
  return [...told, ...(lost > 0 ? [`no answer × ${lost}`] : [])].join(', ')
}

export function timeOf({ ms }: EndpointReport): string {
  return ms ? `${ms.median} ms, at most ${ms.longest} ms` : '–'
}

export function endpointTitle({ name, path }: EndpointReport): string {
  return name === 'account' ? `GET ${path} (of one account)` : `GET ${path}`
}

/** Null where the list came under a name that the app knows. */
export function listedAsText({ listedAs }: EndpointReport): string | null {
  return listedAs && `The list came as ${listedAs}, which the app did not expect; it was the only one that it could be.`
}

export function summaryOf({ calls, seconds, isProduction, role }: DiagnosisReport): string {
  const who = role === null ? '' : ` Role: ${role}.`
  return `${calls} calls in ${seconds} s to ${isProduction ? 'Vida' : 'an API that is not Vida’s own'}.${who}`
}

export function reportText(report: DiagnosisReport): string {
  const { title, next } = VERDICTS[report.verdict]
  const sentence = (code: Parameters<typeof noteOf>[0]) => `${noteOf(code).isLimit ? '!' : '-'} ${noteOf(code).text}`
  const blocks = report.endpoints.map((endpoint) =>
    [
      `${endpointTitle(endpoint)}: ${UNDERSTOOD[endpoint.understood]}`,
      ...(endpoint.asked > 0 ? [`  answers: ${answersOf(endpoint)}; time: ${timeOf(endpoint)}`] : []),
      ...endpoint.notes.map((code) => `  ${sentence(code)}`),
      ...[listedAsText(endpoint)].filter((text) => text !== null).map((text) => `  - ${text}`),
      ...endpoint.answers.map(({ status, shape }) => `  shape of ${status}: ${shape}`),
    ].join('\n'),
  )
  const head = [`Verdict: ${title.toLowerCase()}`, next, '', summaryOf(report), ...report.notes.map(sentence)]
  return [head.join('\n'), ...blocks].join('\n\n')
}
