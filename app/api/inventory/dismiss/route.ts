import * as z from 'zod'
import { readJsonBody } from '@/lib/server/http/body'
import { json } from '@/lib/server/http/problem'
import { signedIn } from '@/lib/server/routes/signed-in'
import { snapshots } from '@/lib/server/snapshots/snapshots'

const dismissSchema = z.strictObject({ readAt: z.iso.datetime() })

export const POST = signedIn(async ({ identity }, request) => {
  const { readAt } = await readJsonBody(request, dismissSchema, 'malformed')
  return json({ dismissed: await (await snapshots()).dismissChanges(identity, readAt) })
})
