import * as z from 'zod'
import { readJsonBody } from '@/lib/server/http/body'
import { line } from '@/lib/server/http/line'
import { json, Problem } from '@/lib/server/http/problem'
import { describeNumber, readTyped } from '@/lib/server/phone/e164'
import { signedIn } from '@/lib/server/routes/signed-in'

const parseSchema = z.strictObject({ text: line(200) })

/** The country of a national form; Vida sells its numbers in the United States. */
const COUNTRY = 'US'

export const POST = signedIn(async ({ request }) => {
  const { text } = await readJsonBody(request, parseSchema, 'invalid_number')
  const { number } = readTyped(text, COUNTRY)
  if (number === null) throw new Problem('invalid_number')
  return json(describeNumber(number))
})
