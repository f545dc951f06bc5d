import * as z from 'zod'
import { DEFAULT_REASONS, MOST_REASONS, REASON_LIMIT } from '@/lib/domain/returns/reasons'
import { readJsonBody } from '@/lib/server/http/body'
import { line } from '@/lib/server/http/line'
import { json } from '@/lib/server/http/problem'
import { signedIn } from '@/lib/server/routes/signed-in'

/** Null: the default list again. */
const listSchema = z
  .array(line(REASON_LIMIT).refine((reason) => reason !== ''))
  .min(1)
  .max(MOST_REASONS)
  .refine((reasons) => new Set(reasons).size === reasons.length)
  .nullable()

export const PUT = signedIn(async ({ ctx, session, request }) => {
  const reasons = await readJsonBody(request, listSchema)
  await ctx.ownerSettings.set(session, 'reasons', reasons)
  return json({ reasons: reasons ?? DEFAULT_REASONS })
})
