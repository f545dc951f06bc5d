import 'server-only'
import { type Level, parseAccount, type VidaAccount } from './account'
import { VidaFailure } from './failure'
import { type FoundRole, findRole } from './find-role'
import { parseCaller, type VidaCaller } from './identity'
import { type ListOptions, readList } from './lists'
import { type NumberList, NumberLists } from './number-lists'
import type { VidaNumber } from './numbers'
import type { Pace } from './pace'
import { DEADLINES, type Deadlines, type Observer, type ReadOptions, readJson, type Upstream } from './reader'
import { connectForReturn, type ReturnConnection, type ReturnReply } from './return-number'
import { sanitizeLine } from './sanitize'
import { tokenMask } from './token-mask'
import { readLogs, readMessages, type UseEntries } from './use'

export type { NumberList, ReturnConnection, ReturnReply, VidaAccount, VidaNumber }

export const MOST_PAGES = 1_000

const NUMBERS = '/api/v2/phoneNumbers'
const LONGEST_NAME = 60

interface ClientOptions {
  /** `https://api.vida.dev`, or with a path in front of `/api/v2`. */
  baseUrl: string
  token: string
  /** Only GETs go to Vida; default: false. */
  readOnly?: boolean
  pace: Pace
  numberLists?: NumberLists
  deadlines?: Partial<Deadlines>
  /** Of one list, before it counts as endless. */
  maxPages?: number
  observer?: Observer | undefined
}

/** Every read rejects with VidaFailure, or with an AbortError when its signal aborts. */
export interface VidaClient {
  whoAmI: (signal?: AbortSignal) => Promise<VidaCaller>
  /** For an account whose role Vida does not state; never rejects for what Vida answers. */
  findRole: (accountId: string) => Promise<FoundRole>
  /** Inactive ones included, each once, as pages come; see `readList`. */
  resellers: (partnerId: string, signal?: AbortSignal) => AsyncIterable<VidaAccount[]>
  organizations: (resellerId: string, signal?: AbortSignal) => AsyncIterable<VidaAccount[]>
  accounts: (organizationId: string, signal?: AbortSignal, options?: ListOptions) => AsyncIterable<VidaAccount[]>
  /** A 404 is `not_offered`: whether no account's list is offered is for the caller to judge. */
  numbers: (accountId: string, options?: ReadOptions) => Promise<NumberList>
  account: (accountId: string, options?: ReadOptions) => Promise<VidaAccount>
  /** `held`: the numbers of the account; null: not known. */
  messages: (accountId: string, held: ReadonlySet<string> | null, options?: ReadOptions) => Promise<UseEntries>
  /** `now`: Unix ms. */
  logs: (accountId: string, now: number, options?: ReadOptions) => Promise<UseEntries>
  /** Paths whose list was found under a name that nobody expected, and that name; see `findList`. */
  unknownNames: ReadonlyMap<string, string>
  /** Null: no connection could be made. */
  connectForReturn: (signal?: AbortSignal) => Promise<ReturnConnection | null>
}

/** It holds the token; nothing that it returns or throws does. */
export function createVidaClient(options: ClientOptions): VidaClient {
  const { baseUrl, token, pace, observer, maxPages = MOST_PAGES, numberLists = new NumberLists(maxPages) } = options
  const { readOnly = false } = options
  const deadlines = { ...DEADLINES, ...options.deadlines }
  const upstream: Upstream = { baseUrl, readOnly, token, pace, deadlines, observer, mask: tokenMask(token) }
  const unknownNames = new Map<string, string>()
  const onUnknownName = (path: string, name: string | null) => {
    const shown = name && sanitizeLine(name, LONGEST_NAME)
    if (shown) unknownNames.set(path, shown)
  }
  const list = (level: Level, parentId: string, signal?: AbortSignal, options?: ListOptions) =>
    readList(upstream, level, parentId, { ...options, maxPages, signal, onUnknownName })

  return {
    unknownNames,

    whoAmI: async (signal) => {
      const identity = parseCaller(await readJson(upstream, '/api/v2/account', {}, { signal, priority: 'now' }))
      if (!identity) throw new VidaFailure('unknown_shape', 200)
      return identity
    },

    findRole: (accountId) => findRole(upstream, accountId),

    resellers: (partnerId, signal) => list('reseller', partnerId, signal),
    organizations: (resellerId, signal) => list('organization', resellerId, signal),
    accounts: (organizationId, signal, options) => list('account', organizationId, signal, options),

    numbers: (accountId, options = {}) => {
      const read = async (paging: Readonly<Record<string, string>>, priority = options.priority) => {
        const query = { targetAccountId: accountId, ...paging }
        try {
          return await readJson(upstream, NUMBERS, query, { ...options, priority })
        } catch (error) {
          const notOffered = error instanceof VidaFailure && error.status === 404 && Object.keys(paging).length === 0
          throw notOffered ? new VidaFailure('not_offered', 404, error.vidaMessage) : error
        }
      }
      return numberLists.all(read, (name) => onUnknownName(NUMBERS, name))
    },

    account: async (accountId, options = {}) => {
      const value = await readJson(upstream, '/api/v2/account', { targetAccountId: accountId }, options)
      const account = parseAccount(value, 'account')
      // Without regard to `targetAccountId`, Vida would answer with the token's own account.
      if (account?.id !== accountId) throw new VidaFailure('unknown_shape', 200)
      return account
    },

    messages: (accountId, held, options = {}) => readMessages(upstream, accountId, held, options),
    logs: (accountId, now, options = {}) => readLogs(upstream, accountId, now, options),

    connectForReturn: (signal) => connectForReturn(upstream, signal),
  }
}
