import 'server-only'
import * as z from 'zod'
import { isVidaId } from '@/lib/domain/accounts/vida-id'
import { REASON_LIMIT } from '@/lib/domain/returns/reasons'
import { RECORD_OUTCOMES } from '@/lib/domain/returns/record'
import { OPERATOR_LIMIT } from '@/lib/domain/session/account'
import { line } from '@/lib/server/http/line'
import { isOwnId } from '@/lib/server/http/own-id'
import { Problem } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import type { ReturnFilter } from '@/lib/server/ledger/types'

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

/** What a query asks of the returns; an empty value is none. @throws Problem `malformed` */
export function returnsQuery(request: Request) {
  const given = [...queryOf(request)].filter(([, value]) => value !== '')
  const query = querySchema.safeParse(Object.fromEntries(given))
  if (!query.success) throw new Problem('malformed')
  const { cursor = null, limit, outcome, batches, format, ...rest } = query.data
  const filter: ReturnFilter = { ...rest, ...(outcome && { outcomes: outcome }) }
  return { filter, cursor, limit, folded: batches === 'folded', format }
}
