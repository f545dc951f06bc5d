import * as z from 'zod'
import { readJsonBody } from '@/lib/server/http/body'
import { ownId } from '@/lib/server/http/own-id'
import { json } from '@/lib/server/http/problem'
import { lift } from '@/lib/server/protections/protections'
import { signedIn } from '@/lib/server/routes/signed-in'

const liftSchema = z.strictObject({ reason: z.string() })

export const POST = signedIn<{ protectionId: string }>(async ({ ctx, session, request, params }) => {
  const { reason } = await readJsonBody(request, liftSchema)
  return json(await lift(ctx, session, ownId(params.protectionId), reason))
})
