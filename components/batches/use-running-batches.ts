'use client'

import { useQuery } from '@tanstack/react-query'
import { isOver, runningBatchesQuery } from '@/lib/client/queries/batches'
import type { BatchSummary } from '@/lib/domain/batches/batch'

/** The current state of those of these batches that had not ended, by id. */
export function useRunningBatches(listed: readonly BatchSummary[]): ReadonlyMap<string, BatchSummary> {
  const running = listed.filter((batch) => !isOver(batch)).map(({ id }) => id)
  const { data } = useQuery(runningBatchesQuery(running))
  const batches = running.length > 0 ? (data?.batches ?? []) : []
  return new Map(batches.map((batch) => [batch.id, batch]))
}
