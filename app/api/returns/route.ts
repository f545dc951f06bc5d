import * as z from 'zod'
import { isVidaId } from '@/lib/domain/accounts/vida-id'
import { REASON_LIMIT } from '@/lib/domain/returns/reasons'
import { RECORD_OUTCOMES } from '@/lib/domain/returns/record'
import { OPERATOR_LIMIT } from '@/lib/domain/session/account'
import { streamed } from '@/lib/server/budgets/streamed'
import { readHistory } from '@/lib/server/history/history'
import { line } from '@/lib/server/http/line'
import { isOwnId } from '@/lib/server/http/own-id'
import { json, NO_STORE, Problem } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { BadCursor } from '@/lib/server/ledger/errors'
import { scopeOf } from '@/lib/server/ledger/types'
import { csvOfReturns } from '@/lib/server/returns/csv'
import { signedIn } from '@/lib/server/routes/signed-in'

const time = z.iso.datetime({ offset: true })

const querySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  search: line(200).optional(),
  outcome: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(RECORD_OUTCOMES)))
    .optional(),
  from: time.optional(),
  to: time.optional(),
  batchId: z.string().refine(isOwnId).optional(),
  operator: line(OPERATOR_LIMIT).optional(),
  reason: line(REASON_LIMIT).optional(),
  organizationId: z.string().refine(isVidaId).optional(),
  batches: z.literal('folded').optional(),
  format: z.enum(['json', 'csv']).default('json'),
})

export const GET = signedIn(async ({ ctx, session, request }) => {
  const given = [...queryOf(request)].filter(([, value]) => value !== '')
  const query = querySchema.safeParse(Object.fromEntries(given))
  if (!query.success) throw new Problem('malformed')
  const { cursor = null, limit, outcome, batches, format, ...rest } = query.data
  const filter = { ...rest, ...(outcome && { outcomes: outcome }) }
  const scope = scopeOf(session)
  if (format === 'csv') {
    const reader = { identity: session.identity, signal: request.signal }
    return new Response(await streamed(ctx, 'streams', reader, () => csvOfReturns(ctx.ledger.each(scope, filter))), {
      headers: {
        ...NO_STORE,
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="returns.csv"',
      },
    })
  }
  try {
    const [page, unknownCount] = await Promise.all([
      batches
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
