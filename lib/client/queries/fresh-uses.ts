import { queryOptions } from '@tanstack/react-query'
import { NoAnswer } from '@/lib/client/fetch/api'
import { NO_USES, type Uses } from '@/lib/domain/inventory/unused'
import { readInGroups } from './find-uses'
import { addUses, usesQuery } from './uses'

/** What was read a moment ago is not read again, ms. */
const FRESH_MS = 10 * 60_000

/** Of these accounts, what was read in the last ten minutes. `now` in ms. */
export function freshUses(uses: Uses, accountIds: readonly string[], now: number): Uses {
  const known = accountIds.flatMap((id) => uses.get(id) ?? [])
  return new Map(known.filter(({ readAt }) => Date.parse(readAt) > now - FRESH_MS).map((use) => [use.accountId, use]))
}

/** Reads into `usesQuery` what is not fresh there, and stops when nobody shows it any more. */
export function readUsesQuery(accountIds: readonly string[]) {
  return queryOptions({
    queryKey: ['read-uses', accountIds],
    queryFn: async ({ client, signal }) => {
      const known = await client.ensureQueryData(usesQuery).catch(() => NO_USES)
      const fresh = freshUses(known, accountIds, Date.now())
      const left = accountIds.filter((id) => !fresh.has(id))
      const failure = left.length > 0 && (await readInGroups(left, signal, (read) => addUses(client, read)))
      if (failure) throw new NoAnswer(failure)
      return null
    },
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}
