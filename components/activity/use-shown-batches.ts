'use client'

import { type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { batchesQuery, batchQuery, isOver } from '@/lib/client/queries/batches'
import { storedInTab, storeInTab } from '@/lib/client/storage/tab'
import type { Batch, BatchSummary } from '@/lib/domain/batches/batch'

const STORED = 'batches'
const ID = /^B-[0-9A-Z-]+$/
const NO_BATCHES: readonly BatchSummary[] = []

/** Outside the component, so that react-query gives the same result while nothing changes. */
const combine = (batches: UseQueryResult<Batch>[]) => batches.flatMap(({ data }) => data ?? [])

/** Batches that have not ended, and those that ended in this tab until they are dismissed. */
export function useShownBatches(started: readonly string[], enabled: boolean) {
  const { id: accountId } = useAccount()
  const { data } = useQuery({ ...batchesQuery, enabled })
  const [restored] = useState<ReadonlySet<string>>(() => new Set(storedInTab(STORED, accountId, ID)))
  const [seen, setSeen] = useState(restored)
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const running = (data?.batches ?? NO_BATCHES).filter((batch) => !isOver(batch)).map(({ id }) => id)
  const fresh = [...running, ...started].filter((id) => !seen.has(id))
  if (fresh.length > 0) setSeen(new Set([...seen, ...fresh]))
  const ids = [...seen].filter((id) => !dismissed.has(id))
  const text = ids.join(' ')
  useEffect(() => storeInTab(STORED, accountId, text === '' ? [] : text.split(' ')), [accountId, text])
  return {
    batches: useQueries({ queries: ids.map(batchQuery), combine }),
    /** Shown in this tab before a reload: their end was announced then. */
    restored,
    dismiss: (id: string) => setDismissed(new Set([...dismissed, id])),
  }
}
