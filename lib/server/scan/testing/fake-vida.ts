import type { VidaAccount, VidaClient } from '@/lib/server/vida/client'
import { VidaFailure } from '@/lib/server/vida/failure'
import { bareNumber } from '@/lib/server/vida/numbers'
import { vidaAccount } from '@/lib/server/vida/testing/accounts'

export interface FakeList {
  pages: VidaAccount[][]
  failure?: VidaFailure
}

export interface FakeVida {
  resellers?: Record<string, FakeList>
  organizations?: Record<string, FakeList>
  accounts?: Record<string, FakeList>
  /** By account or organization id; a failure is thrown. Without an entry: none. One without `+` is odd. */
  numbers?: Record<string, string[] | VidaFailure>
  /** Accounts whose list came in pages without a total. */
  unproved?: string[]
  /** The main number of `GET /account`. Without an entry: undefined. */
  mainNumbers?: Record<string, string | null>
  /** What each answer waits for; one turn of the event loop when left out. An aborted call does not wait. */
  wait?: (call: string) => Promise<unknown>
}

export function fakeAccount(id: string, more: Partial<VidaAccount> = {}): VidaAccount {
  return { ...vidaAccount(id, true), name: `Name of ${id}`, ...more }
}

export function fakeClient(vida: FakeVida): { client: VidaClient; calls: string[] } {
  const calls: string[] = []
  const answer = async (call: string, signal?: AbortSignal) => {
    calls.push(call)
    const stopped = Promise.withResolvers<never>()
    const stop = () => stopped.reject(new DOMException('The read was stopped.', 'AbortError'))
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted) stop()
    await Promise.race([stopped.promise, vida.wait?.(call) ?? new Promise(setImmediate)])
    signal?.removeEventListener('abort', stop)
  }
  async function* list(call: string, { pages, failure }: FakeList = { pages: [] }, signal?: AbortSignal) {
    for (const page of pages) {
      await answer(call, signal)
      yield page
    }
    if (failure) throw failure
  }
  const never = () => {
    throw new Error('No scan calls this.')
  }
  const client: VidaClient = {
    unknownNames: new Map(),
    whoAmI: never,
    findRole: never,
    connectForReturn: never,
    messages: never,
    logs: never,
    resellers: (id, signal) => list(`resellers ${id}`, vida.resellers?.[id], signal),
    organizations: (id, signal) => list(`organizations ${id}`, vida.organizations?.[id], signal),
    accounts: (id, signal) => list(`accounts ${id}`, vida.accounts?.[id], signal),
    numbers: async (id, { signal } = {}) => {
      await answer(`numbers ${id}`, signal)
      const held = vida.numbers?.[id] ?? []
      if (held instanceof VidaFailure) throw held
      const odd = held.filter((text) => !text.startsWith('+'))
      return {
        numbers: held.filter((text) => text.startsWith('+')).map(bareNumber),
        odd: odd.map((quote) => ({ quote, digits: quote.replace(/\D/g, '') || null })),
        isProof: !vida.unproved?.includes(id),
      }
    },
    account: async (id, { signal } = {}) => {
      await answer(`account ${id}`, signal)
      return fakeAccount(id, { mainNumber: vida.mainNumbers?.[id] })
    },
  }
  return { client, calls }
}
