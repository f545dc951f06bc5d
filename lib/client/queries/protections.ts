import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { Protection, ProtectionChange, ProtectionTarget } from '@/lib/domain/protections/protection'
import { marksQuery } from './marks'

const KEY = 'protections'

const isProtection = shaped<Protection>('id', 'level', 'target')
const isList = shaped<{ protections: Protection[] }>('protections')
const isChange = shaped<ProtectionChange>('id', 'change')
const isPage = shaped<{ changes: ProtectionChange[]; nextBefore: string | null }>('changes', 'nextBefore')

/** `newest`: the change that the marks name, so that no poll of its own is needed; null: there was none. */
export function protectionsQuery(newest: string | null) {
  return queryOptions({
    queryKey: [KEY, newest],
    queryFn: async ({ signal }) =>
      newest === null ? [] : (await request('/api/protections', isList, { signal, background: true })).protections,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (previous) => previous,
  })
}

export const protectionChangesQuery = infiniteQueryOptions({
  queryKey: [KEY, 'changes'],
  queryFn: ({ pageParam, signal }) =>
    request(`/api/protections?history=1${pageParam && `&before=${encodeURIComponent(pageParam)}`}`, isPage, { signal }),
  staleTime: 0,
  initialPageParam: '',
  getNextPageParam: ({ nextBefore }) => nextBefore ?? undefined,
})

export function postProtection(order: ProtectionTarget & { reason: string }): Promise<Protection> {
  return request('/api/protections', isProtection, { method: 'POST', body: order })
}

export function postLift(id: string, reason: string): Promise<ProtectionChange> {
  return request(`/api/protections/${encodeURIComponent(id)}/lift`, isChange, { method: 'POST', body: { reason } })
}

/** After somebody changed one: the marks name the change, and the protections are read anew. */
export async function readProtectionsAgain(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ queryKey: marksQuery.queryKey, exact: true })
}
