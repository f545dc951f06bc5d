import 'server-only'
import { Problem } from '@/lib/http/problem'
import { type Session, sessions } from '@/lib/session/current'
import type { Level } from '@/lib/vida/account'
import { vidaFor } from '@/lib/vida/connection'
import { isVidaId } from '@/lib/vida/fields'
import type { Holder } from './events'
import { keptInventories } from './kept-room'
import { knownHolder, knownReseller, rememberHolder } from './known'
import { holdersUnderWay } from './running-walks'
import { type WalkScope, walk } from './walk'

export { isVidaId }

/**
 * The account or organization `id` as it stands below the session's root: from what is known, else by listing the
 * hierarchy until it turns up.
 * @throws Problem `foreign_account` when a complete listing lacks it, `vida_unreachable` when the listing failed,
 * `signed_out` when Vida refused the token; AbortError.
 */
export async function findHolder(session: Session, id: string, signal?: AbortSignal): Promise<Holder> {
  const known = knownHolder(session.identity, id) ?? (await (await keptInventories()).accountOf(session.identity, id))
  return known ?? (await list(session, (level) => level !== 'reseller', id, signal)).holder
}

/** What re-reading an organization means; a partner's reseller counts as one, too. Throws as `findHolder` does. */
export async function findOrganization(session: Session, id: string, signal?: AbortSignal): Promise<WalkScope> {
  const { identity } = session
  const reseller = knownReseller(identity, id)
  if (reseller) return { kind: 'reseller', reseller }
  const known = knownHolder(identity, id) ?? (await (await keptInventories()).accountOf(identity, id))
  if (known && isOrganization(known)) return { kind: 'organization', organization: known }
  if (known) throw new Problem('foreign_account')
  const { holder, level } = await list(session, (each) => each !== 'account', id, signal)
  return level === 'reseller' ? { kind: 'reseller', reseller: holder } : { kind: 'organization', organization: holder }
}

function isOrganization({ id, organizationId }: Holder): boolean {
  return id === organizationId
}

/** Lists the hierarchy until a wanted one with that id turns up. */
async function list(
  session: Session,
  wanted: (level: Level) => boolean,
  id: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ holder: Holder; level: Level }> {
  const enough = new AbortController()
  let match: { holder: Holder; level: Level } | null = null
  let signedOut = false
  try {
    const { complete } = await walk({
      client: vidaFor(session),
      scope: { kind: 'root', root: session.root },
      signal: AbortSignal.any([enough.signal, signal]),
      listsOffered: true,
      listOnly: true,
      emit: (event) => {
        if (event.type === 'problem' && event.code === 'signed_out') signedOut = true
      },
      found: (holder, level) => {
        rememberHolder(session.identity, holder, level)
        if (holder.id !== id || !wanted(level)) return
        match = { holder, level }
        enough.abort()
      },
    })
    if (match) return match
    if (signedOut) {
      await (await sessions()).endAll(session.identity)
      throw new Problem('signed_out')
    }
    throw new Problem(complete || session.root === null ? 'foreign_account' : 'vida_unreachable')
  } catch (error) {
    if (match) return match
    throw error
  }
}

/** The accounts that hold `number` (E.164) as far as this app knows: walks under way, else what was kept. */
export async function knownHoldersOf(identity: string, number: string): Promise<Holder[]> {
  const kept = await (await keptInventories()).holdersOf(identity, number)
  const { read, holders } = holdersUnderWay(identity, number)
  const all = [...kept.filter(({ id }) => !read.has(id)), ...holders]
  return [...new Map(all.map((holder) => [holder.id, holder])).values()]
}
