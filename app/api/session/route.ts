import * as z from 'zod'
import { readJsonBody } from '@/lib/http/body'
import { handler } from '@/lib/http/handler'
import { methodNotAllowed } from '@/lib/http/method-not-allowed'
import { json, NO_STORE } from '@/lib/http/problem'
import { queryOf } from '@/lib/http/query'
import { signedIn } from '@/lib/http/signed-in'
import { CLIENT_HEADER } from '@/lib/server/doorman'
import { timesOf } from '@/lib/session/current'
import { signIn, signOut } from '@/lib/session/sign-in'
import { countTry } from '@/lib/session/tries'

const signInSchema = z.strictObject({ token: z.string().min(1) })

export const POST = handler(async (request) => {
  countTry(request.headers.get(CLIENT_HEADER))
  const { token } = await readJsonBody(request, signInSchema, 'token_malformed')
  return json({ account: await signIn(token) })
})

export const GET = signedIn(async (session) => json({ account: session.account, ...timesOf(session) }))

export const DELETE = handler(async (request) => {
  await signOut({ everywhere: queryOf(request).get('everywhere') === '1' })
  return new Response(null, { status: 204, headers: NO_STORE })
})

const other = methodNotAllowed('GET, HEAD, POST, DELETE')

export { other as OPTIONS, other as PATCH, other as PUT }
