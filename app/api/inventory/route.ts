import { json, Problem } from '@/lib/http/problem'
import { signedIn } from '@/lib/http/signed-in'
import { keptInventories } from '@/lib/inventory/kept-room'

export const GET = signedIn(async ({ identity }) => {
  const kept = await (await keptInventories()).load(identity)
  if (!kept) throw new Problem('no_inventory')
  return json(kept)
})
