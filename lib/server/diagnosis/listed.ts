import 'server-only'
import type { NoteCode } from '@/lib/domain/diagnosis/notes'
import type { Level, VidaAccount } from '@/lib/server/vida/account'
import { VidaFailure } from '@/lib/server/vida/failure'
import { readPage } from '@/lib/server/vida/pages'
import type { Exchange } from '@/lib/server/vida/reader'

type Accounts = ReadonlyMap<string, VidaAccount>

/** What lists of one level showed, as the app reads them: the plain ones, those with `active=false`, and further pages. */
export async function notesOfLists(exchanges: readonly Exchange[], level: Level): Promise<NoteCode[]> {
  const plain = new Map<string, VidaAccount>()
  const inactive = new Map<string, VidaAccount>()
  let hasPages = false
  for (const exchange of exchanges) {
    const { query } = exchange
    const side = query.active === undefined ? plain : inactive
    const before = side.size
    for (const account of await accountsIn(exchange, level)) side.set(account.id, account)
    if (query.page !== '0' && side.size > before) hasPages = true
  }
  const all = [...plain.values(), ...inactive.values()]
  if (all.length === 0) return []
  return [
    hasPages ? 'pages' : 'one_answer',
    noteOfInactive(plain, inactive),
    ...(all.some(({ active }) => active === null) ? (['state_unstated'] as const) : []),
  ]
}

async function accountsIn({ status, value }: Exchange, level: Level): Promise<VidaAccount[]> {
  if (status !== 200) return []
  try {
    return (await readPage(value, level)).accounts
  } catch (error) {
    if (error instanceof VidaFailure) return []
    throw error
  }
}

function noteOfInactive(plain: Accounts, inactive: Accounts): NoteCode {
  const isListed = [...plain.values()].some(({ id, active }) => active === false || inactive.has(id))
  if (inactive.size === 0) return isListed ? 'inactive_listed' : 'inactive_unseen'
  const isSame = inactive.size === plain.size && [...plain.keys()].every((id) => inactive.has(id))
  const isUnfiltered = [...inactive.values()].some(({ active }) => active === true)
  if (isUnfiltered || (isSame && [...inactive.values()].every(({ active }) => active === null))) return 'active_ignored'
  return isListed ? 'inactive_listed' : 'inactive_hidden'
}
