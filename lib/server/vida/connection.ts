import 'server-only'
import type { Settings } from '@/lib/server/config/settings'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import type { Shared } from '@/lib/server/process/shared'
import { createVidaClient, MOST_PAGES, type VidaClient } from './client'
import { NumberLists } from './number-lists'
import { Pace } from './pace'
import type { Observer } from './reader'

interface Caller {
  token: string
  /** null: a token that is not known yet. */
  identity: string | null
}

/**
 * Gives the client for a caller; the same object (the session of a request) always gets the same client, but with an
 * `observer` a new one, which knows nothing of what number lists showed before.
 */
export type VidaFor = (caller: Caller, observer?: Observer) => VidaClient

interface SharedByIdentity {
  pace: Pace
  numberLists: NumberLists
  /** Of the number lists, Unix ms. */
  madeAt: number
}

/** Vida may begin to page its lists: what they showed is trusted for a day. */
const DAY_MS = 86_400_000

/** Clients of one identity share a pace and what its number lists showed; a caller without identity shares nothing. */
export function createVidaFor(
  { vidaBaseUrl, vidaConcurrency }: Pick<Settings, 'vidaBaseUrl' | 'vidaConcurrency'>,
  shared: Shared,
): VidaFor {
  const made = new WeakMap<Caller, { client: VidaClient; state: SharedByIdentity }>()
  const states = () =>
    shared('vida', () => new BoundedMap<string, SharedByIdentity>(1_000, ({ pace }) => pace.underWay > 0))
  const stateOf = (identity: string | null): SharedByIdentity => {
    const known = identity === null ? undefined : states().get(identity)
    const madeAt = Date.now()
    if (known && madeAt - known.madeAt < DAY_MS) return known
    return { pace: known?.pace ?? new Pace(vidaConcurrency), numberLists: new NumberLists(MOST_PAGES), madeAt }
  }
  const make = ({ token, identity }: Caller) => {
    const state = stateOf(identity)
    return { state, client: createVidaClient({ baseUrl: vidaBaseUrl, token, ...state }) }
  }
  return (caller, observer) => {
    if (observer) {
      const { token, identity } = caller
      return createVidaClient({ baseUrl: vidaBaseUrl, token, pace: stateOf(identity).pace, observer })
    }
    const entry = made.get(caller) ?? make(caller)
    made.set(caller, entry)
    // Each use counts, so that a client in use keeps the state that newer ones of its identity share.
    if (caller.identity !== null) states().set(caller.identity, entry.state)
    return entry.client
  }
}
