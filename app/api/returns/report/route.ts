import { take } from '@/lib/server/budgets/budgets'
import { csvAnswer } from '@/lib/server/budgets/csv-answer'
import { returnsQuery } from '@/lib/server/history/query'
import { csvOfReport, readReport } from '@/lib/server/history/report'
import { json } from '@/lib/server/http/problem'
import { signedIn } from '@/lib/server/routes/signed-in'

export const GET = signedIn(async ({ ctx, session, request }) => {
  const { filter, format } = returnsQuery(request)
  const { signal } = request
  if (format === 'csv') {
    const reader = { identity: session.identity, signal }
    return csvAnswer(ctx, reader, 'report', () => csvOfReport(ctx, session, filter, signal))
  }
  const release = take(ctx, 'streams', session.identity)
  try {
    return json(await readReport(ctx, session, filter, signal))
  } finally {
    release()
  }
})
