import 'server-only'
import { Problem } from '@/lib/http/problem'
import type { Session } from '@/lib/session/current'
import { vidaFor } from '@/lib/vida/connection'
import type { Holder } from './events'
import { keptInventories } from './kept-room'
import { knownHolder, rememberHolder } from './known'
import { holdingsUnderWay } from './running-walks'
import { walk } from './walk'

/** Whether a text can be one of Vida's ids. Nothing else gets into a URL. */
export function isVidaId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text)
}

/**
 * The account or organization `id` as it stands below the session's root: from what is known, else by listing the
 * hierarchy until it turns up.
 * @throws Problem `foreign_account` when a complete listing lacks it, `vida_unreachable` when the listing failed.
 */
export async function findHolder(session: Session, id: string): Promise<Holder> {
  const known = knownHolder(session.identity, id) ?? (await (await keptInventories()).accountOf(session.identity, id))
  return known ?? (await list(session, id))
}

async function list(session: Session, id: string): Promise<Holder> {
  const found = new AbortController()
  let holder: Holder | null = null
  let signedOut = false
  try {
    const { complete } = await walk({
      client: vidaFor(session),
      scope: { kind: 'root', root: session.root },
      signal: found.signal,
      listsOffered: true,
      listOnly: true,
      emit: (event) => {
        if (event.type === 'problem' && event.code === 'signed_out') signedOut = true
      },
      found: (each) => {
        rememberHolder(session.identity, each)
        if (each.id !== id) return
        holder = each
        found.abort()
      },
    })
    if (holder) return holder
    if (signedOut) throw new Problem('signed_out')
    throw new Problem(complete ? 'foreign_account' : 'vida_unreachable')
  } catch (error) {
    if (holder) return holder
    throw error
  }
}

/** The accounts that hold `number` (E.164) as far as this app knows: the walk under way, else what was kept. */
export async function knownHoldersOf(identity: string, number: string): Promise<Holder[]> {
  const holders = new Map<string, Holder>()
  for (const holder of await (await keptInventories()).holdersOf(identity, number)) holders.set(holder.id, holder)
  for (const { account, numbers } of holdingsUnderWay(identity)) {
    if (numbers.some((held) => held.number === number)) holders.set(account.id, account)
    else holders.delete(account.id)
  }
  return [...holders.values()]
}
