import * as z from 'zod'
import { context } from '@/lib/server/context/context'
import { readJsonBody } from '@/lib/server/http/body'
import { CLIENT_HEADER } from '@/lib/server/http/client-header'
import { json, NO_STORE } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { handler } from '@/lib/server/routes/handler'
import { signedIn } from '@/lib/server/routes/signed-in'
import { timesOf } from '@/lib/server/session/current'
import { signIn, signOut } from '@/lib/server/session/sign-in'

const signInSchema = z.strictObject({ token: z.string().min(1) })

export const POST = handler(async (request) => {
  const { token } = await readJsonBody(request, signInSchema, 'token_malformed')
  return json({ account: await signIn(await context(), token, request.headers.get(CLIENT_HEADER)) })
})

export const GET = signedIn(async ({ ctx, session }) => json({ account: session.account, ...timesOf(ctx, session) }))

export const DELETE = handler(async (request) => {
  await signOut({ everywhere: queryOf(request).get('everywhere') === '1' })
  return new Response(null, { status: 204, headers: NO_STORE })
})
