import * as z from 'zod'
import { readJsonBody } from '@/lib/server/http/body'
import { json, Problem } from '@/lib/server/http/problem'
import { describeNumber, readTyped } from '@/lib/server/phone/e164'
import { signedIn } from '@/lib/server/routes/signed-in'

const parseSchema = z.strictObject({ text: z.string().max(200) })

/** A national form without a country code is taken as one of the United States, where Vida sells its numbers. */
const COUNTRY = 'US'

export const POST = signedIn(async (_session, request) => {
  const { text } = await readJsonBody(request, parseSchema, 'invalid_number')
  const { number } = readTyped(text, COUNTRY)
  if (number === null) throw new Problem('invalid_number')
  return json(describeNumber(number))
})
