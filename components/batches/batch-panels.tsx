'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { batchesQuery, isOver } from '@/lib/client/queries/batches'
import { storedInTab, storeInTab } from '@/lib/client/storage/tab'
import type { Batch } from '@/lib/domain/batches/batch'
import type { Rest } from '@/lib/domain/batches/rest'
import { BatchPanel } from './batch-panel'

const STORED = 'batches'
const ID = /^B-[0-9A-Z-]+$/

interface BatchPanelsProps {
  started: readonly string[]
  onOpen: (batchId: string) => void
  rest: (batch: Batch) => Rest
  onRest: (batch: Batch, rest: Rest) => void
}

/** Batches that have not ended, and those that ended in this tab until they are dismissed. */
export function BatchPanels({ started, onOpen, rest, onRest }: BatchPanelsProps) {
  const { id: accountId } = useAccount()
  const { data } = useQuery(batchesQuery)
  const [restored] = useState<ReadonlySet<string>>(() => new Set(storedInTab(STORED, accountId, ID)))
  const [seen, setSeen] = useState(restored)
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const running = (data?.batches ?? []).filter((batch) => !isOver(batch)).map(({ id }) => id)
  const fresh = [...running, ...started].filter((id) => !seen.has(id))
  if (fresh.length > 0) setSeen(new Set([...seen, ...fresh]))
  useEffect(
    () =>
      storeInTab(
        STORED,
        accountId,
        [...seen].filter((id) => !dismissed.has(id)),
      ),
    [accountId, seen, dismissed],
  )
  return [...seen]
    .filter((id) => !dismissed.has(id))
    .map((id) => (
      <BatchPanel
        key={id}
        id={id}
        started={started.includes(id)}
        restored={restored.has(id)}
        onOpen={() => onOpen(id)}
        rest={rest}
        onRest={onRest}
        onDismiss={() => setDismissed(new Set([...dismissed, id]))}
      />
    ))
}
