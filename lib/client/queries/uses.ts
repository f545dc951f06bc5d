import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import { NO_USES, type Uses } from '@/lib/domain/inventory/unused'
import type { AccountUse } from '@/lib/domain/use/use'

const USES_KEY = ['uses'] as const
const RUN_KEY = ['uses-run'] as const

/** The latest reading of each account counts. */
function withUses(known: Uses, read: readonly AccountUse[]): Uses {
  const uses = new Map(known)
  for (const use of read) {
    const before = uses.get(use.accountId)
    if (!before || before.readAt <= use.readAt) uses.set(use.accountId, use)
  }
  return uses
}

/** What was read of the use of this identity's accounts. */
export const usesQuery = queryOptions({
  queryKey: USES_KEY,
  queryFn: async ({ client, signal }): Promise<Uses> => {
    const { accounts } = await request('/api/use', shaped<{ accounts: AccountUse[] }>('accounts'), {
      signal,
      background: true,
    })
    return withUses(client.getQueryData<Uses>(USES_KEY) ?? NO_USES, accounts)
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  structuralSharing: false,
  refetchOnWindowFocus: false,
})

export function addUses(client: QueryClient, read: readonly AccountUse[]): void {
  client.setQueryData<Uses>(USES_KEY, (known = NO_USES) => withUses(known, read))
}

export interface UseProblem {
  accountId: string
  detail: string
}

/** One reading of the use of many accounts, which goes on while its person visits other pages. */
export interface UsesRun {
  accounts: number
  /** Accounts whose use is not read (yet). */
  left: readonly string[]
  /** Of these, the ones that could not be read. */
  problems: readonly UseProblem[]
  running: boolean
  /** Why it ended early; null also if a person stopped it. */
  failure: string | null
  stop: () => void
}

/** The latest one of this page; null: none, or nothing is left to be said of it. */
export const usesRunQuery = queryOptions({
  queryKey: RUN_KEY,
  queryFn: (): UsesRun | null => null,
  initialData: null,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  enabled: false,
  structuralSharing: false,
})

export function setUsesRun(client: QueryClient, run: UsesRun | null): void {
  client.setQueryData<UsesRun | null>(RUN_KEY, run)
}
