import * as z from 'zod'
import { readJsonBody } from '@/lib/server/http/body'
import { ownId } from '@/lib/server/http/own-id'
import { json } from '@/lib/server/http/problem'
import { lift } from '@/lib/server/protections/protections'
import { reasonSchema, wrongField } from '@/lib/server/protections/reason'
import { signedIn } from '@/lib/server/routes/signed-in'

const liftSchema = z.strictObject({ reason: reasonSchema })

export const POST = signedIn<{ protectionId: string }>(async ({ ctx, session, request, params }) => {
  const { reason } = await readJsonBody(request, liftSchema, wrongField)
  return json(await lift(ctx, session, ownId(params.protectionId), reason))
})
