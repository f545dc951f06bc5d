import { methodNotAllowed } from '@/lib/http/method-not-allowed'
import { json, Problem } from '@/lib/http/problem'
import { queryOf } from '@/lib/http/query'
import { signedIn } from '@/lib/http/signed-in'
import { keptInventories } from '@/lib/kept/room'
import { isE164 } from '@/lib/phone/e164'

export const GET = signedIn(async ({ identity }, request) => {
  const number = queryOf(request).get('number') ?? ''
  if (!isE164(number)) throw new Problem('invalid_number')
  return json({ number, accounts: await (await keptInventories()).seenSince(identity, number) })
})

const other = methodNotAllowed('GET, HEAD')

export { other as DELETE, other as OPTIONS, other as PATCH, other as POST, other as PUT }
