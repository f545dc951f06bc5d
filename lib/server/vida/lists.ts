import 'server-only'
import type { Level, VidaAccount } from './account'
import { bothLists, type Comparison } from './both-lists'
import { readPage, readPages } from './pages'
import { readJson, type Upstream } from './reader'

export const CALLS: Record<Level, { path: string; parent: string }> = {
  reseller: { path: '/api/v2/listResellers', parent: 'targetPartnerId' },
  organization: { path: '/api/v2/listOrganizations', parent: 'targetResellerId' },
  account: { path: '/api/v2/listAccounts', parent: 'targetOrganizationId' },
}

export interface ListOptions {
  /** `plain` and `inactive` (with `active=false`) are one of the two readings alone. Default: both, merged. */
  ways?: 'both' | 'plain' | 'inactive'
  /** What the second of both readings brought, if none failed. */
  compared?: (comparison: Comparison) => void
}

interface Options extends ListOptions {
  maxPages: number
  signal?: AbortSignal | undefined
  onUnknownName: (path: string, name: string | null) => void
}

/** Each account once. To stop iterating stops the reads. @throws VidaFailure, AbortError */
export async function* readList(
  upstream: Upstream,
  level: Level,
  parentId: string,
  { maxPages, signal, onUnknownName, ways = 'both', compared }: Options,
): AsyncGenerator<VidaAccount[], void, undefined> {
  const { path, parent } = CALLS[level]
  const stop = new AbortController()
  const onAbort = () => stop.abort()
  const pages = (filter: Readonly<Record<string, string>>) => {
    let name: string | null = null
    return readPages(async (page, pageSize) => {
      const paging = { pagination: 'true', page: String(page), pageSize: String(pageSize) }
      const query = { [parent]: parentId, ...paging, ...filter }
      const value = await readJson(upstream, path, query, { signal: stop.signal, priority: 'scan' })
      const found = await readPage(value, level, name)
      name = found.unknownName
      onUnknownName(path, name)
      return found
    }, maxPages)
  }

  if (signal?.aborted) stop.abort()
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    if (ways === 'both') yield* bothLists(pages({}), pages({ active: 'false' }), compared)
    else yield* pages(ways === 'plain' ? {} : { active: 'false' })
  } finally {
    signal?.removeEventListener('abort', onAbort)
    stop.abort()
  }
}
