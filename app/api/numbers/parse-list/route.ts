import * as z from 'zod'
import { take } from '@/lib/server/budgets/budgets'
import { readJsonBody } from '@/lib/server/http/body'
import { json, Problem } from '@/lib/server/http/problem'
import { readPasted } from '@/lib/server/phone/pasted'
import { signedIn } from '@/lib/server/routes/signed-in'

/** Characters of a pasted text; 5,000 entries with a name beside each fit well. */
const LIMIT = 400_000

const pasteSchema = z.strictObject({ text: z.string() })

export const POST = signedIn(async ({ ctx, session, request }) => {
  const release = take(ctx, 'pastes', session.identity)
  return readList(request).finally(release)
})

async function readList(request: Request): Promise<Response> {
  // A character may take several bytes, and JSON may escape it.
  const { text } = await readJsonBody(request, pasteSchema, 'malformed', LIMIT * 3).catch((error: unknown) => {
    throw error instanceof Problem && error.code === 'body_too_large' ? new Problem('list_too_long') : error
  })
  if (text.length > LIMIT) throw new Problem('list_too_long')
  return json(await readPasted(text, 'US', request.signal))
}
