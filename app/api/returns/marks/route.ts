import * as z from 'zod'
import { json, Problem } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { ledger, scopeOf } from '@/lib/server/returns/current-ledger'
import { signedIn } from '@/lib/server/routes/signed-in'

const sinceSchema = z.iso.datetime({ offset: true }).optional()

/** What the list shows of this account's returns: locked numbers, and what accounts were read to hold since then. */
export const GET = signedIn(async (session, request) => {
  const since = sinceSchema.safeParse(queryOf(request).get('since'))
  if (!since.success) throw new Problem('malformed')
  const book = await ledger()
  return json(await book.marks(scopeOf(session), since.data === undefined ? null : Date.parse(since.data)))
})
