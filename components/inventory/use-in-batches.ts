'use client'

import { type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { batchesQuery, batchQuery, isOver } from '@/lib/client/queries/batches'
import type { Batch, BatchSummary } from '@/lib/domain/batches/batch'
import { type InBatch, toCome } from '@/lib/domain/batches/pending'

const NO_BATCHES = { batches: [] }
const idsOfGoing = ({ batches }: { batches: BatchSummary[] }) =>
  batches.filter((batch) => !isOver(batch)).map(({ id }) => id)

/** Outside the component, so that react-query gives the same result while nothing changes. */
function combine(batches: UseQueryResult<Batch>[]): InBatch[] {
  return toCome(batches.flatMap(({ data }) => data ?? []))
}

/** The numbers (E.164) that wait in a batch of this account, whoever began it, each with the size of its batch. */
export function useInBatches(started: readonly string[], enabled: boolean): ReadonlyMap<string, number> {
  const { data: going = [] } = useQuery({ ...batchesQuery, select: idsOfGoing, placeholderData: NO_BATCHES, enabled })
  const ids = enabled ? [...new Set([...going, ...started])] : []
  const waiting = useQueries({ queries: ids.map(batchQuery), combine })
  return useMemo(() => new Map(waiting.map(({ number, size }) => [number, size])), [waiting])
}
