import * as z from 'zod'
import { OPERATOR_LIMIT } from '@/lib/domain/session/account'
import { context } from '@/lib/server/context/context'
import { readJsonBody } from '@/lib/server/http/body'
import { CLIENT_HEADER } from '@/lib/server/http/client-header'
import { line } from '@/lib/server/http/line'
import { json, NO_STORE } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { handler } from '@/lib/server/routes/handler'
import { signedIn } from '@/lib/server/routes/signed-in'
import { timesOf } from '@/lib/server/session/current'
import { signIn, signOut } from '@/lib/server/session/sign-in'

const signInSchema = z.strictObject({
  token: z.string().min(1),
  operator: line(OPERATOR_LIMIT).nullable().default(null),
})

export const POST = handler(async (request) => {
  const { token, operator } = await readJsonBody(request, signInSchema, (field) =>
    field === 'operator' ? 'malformed' : 'token_malformed',
  )
  const signing = { token, operator: operator || null, client: request.headers.get(CLIENT_HEADER) }
  return json({ account: await signIn(await context(), signing) })
})

export const GET = signedIn(async ({ ctx, session }) => {
  const { account, operator } = session
  return json({ account, operator, ...timesOf(ctx, session) })
})

export const DELETE = handler(async (request) => {
  await signOut({ everywhere: queryOf(request).get('everywhere') === '1' })
  return new Response(null, { status: 204, headers: NO_STORE })
})
