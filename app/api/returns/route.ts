import { csvAnswer } from '@/lib/server/budgets/csv-answer'
import { readHistory } from '@/lib/server/history/history'
import { returnsQuery } from '@/lib/server/history/query'
import { json, Problem } from '@/lib/server/http/problem'
import { BadCursor } from '@/lib/server/ledger/errors'
import { scopeOf } from '@/lib/server/ledger/types'
import { csvOfReturns } from '@/lib/server/returns/csv'
import { signedIn } from '@/lib/server/routes/signed-in'

export const GET = signedIn(async ({ ctx, session, request }) => {
  const { filter, cursor, limit, folded, format } = returnsQuery(request)
  const scope = scopeOf(session)
  if (format === 'csv') {
    const reader = { identity: session.identity, signal: request.signal }
    return csvAnswer(ctx, reader, 'returns', () => csvOfReturns(ctx.ledger.each(scope, filter)))
  }
  try {
    const [page, unknownCount] = await Promise.all([
      folded
        ? readHistory(ctx, session, { ...filter, cursor, limit })
        : ctx.ledger.list(scope, { ...filter, cursor, limit }),
      ctx.ledger.unknownCount(scope),
    ])
    return json({ ...page, unknownCount })
  } catch (error) {
    if (error instanceof BadCursor) throw new Problem('malformed')
    throw error
  }
})
