import * as z from 'zod'
import { MOST_ACCOUNTS } from '@/lib/domain/use/events'
import { streamed } from '@/lib/server/budgets/streamed'
import { BODY_LIMIT, readJsonBody } from '@/lib/server/http/body'
import { NO_STORE, Problem } from '@/lib/server/http/problem'
import { signedIn } from '@/lib/server/routes/signed-in'
import { isVidaId } from '@/lib/server/scan/hierarchy'
import { streamUses } from '@/lib/server/use/find-unused'
import { storedUses } from '@/lib/server/use/stored-uses'

const HEADERS = { ...NO_STORE, 'content-type': 'application/x-ndjson', 'x-accel-buffering': 'no' }

/** The ids are parsed one by one: zod would collect what is wrong with each of thousands. */
const bodySchema = z.strictObject({ accountIds: z.array(z.unknown()).min(1).max(MOST_ACCOUNTS) })

/** Of an id with its quotes and comma. */
const ID_BYTES = 67

function parseId(value: unknown): string {
  if (typeof value !== 'string' || !isVidaId(value)) throw new Problem('invalid_account')
  return value
}

export const POST = signedIn(async ({ ctx, session, request }) => {
  const idsOf = async () => {
    const { accountIds } = await readJsonBody(request, bodySchema, 'malformed', BODY_LIMIT + MOST_ACCOUNTS * ID_BYTES)
    return accountIds.map(parseId)
  }
  return new Response(await streamUses(ctx, session, idsOf, request.signal), { headers: HEADERS })
})

export const GET = signedIn(async ({ ctx, session: { identity }, request }) => {
  const body = await streamed(ctx, 'inventories', { identity, signal: request.signal }, () => storedUses(ctx, identity))
  return new Response(body, { headers: { ...NO_STORE, 'content-type': 'application/json' } })
})
