'use client'

import { type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { batchesQuery, batchQuery, isOver } from '@/lib/client/queries/batches'
import type { Batch, BatchSummary } from '@/lib/domain/batches/batch'
import { type InBatch, toCome } from '@/lib/domain/batches/pending'

/** Until the first answer, and after one without news, nothing is drawn anew. */
const NO_BATCHS = { batches: [] }
const idsOfGoing = ({ batches }: { batches: BatchSummary[] }) =>
  batches.filter((batch) => !isOver(batch)).map(({ id }) => id)

/** A module's function, so that it runs for news alone; what it gives stays the very same while nothing changes. */
function combine(batches: UseQueryResult<Batch>[]): InBatch[] {
  return toCome(batches.flatMap(({ data }) => data ?? []))
}

/**
 * The numbers (E.164) whose turn is still to come in a batch of this account, whoever began it and from wherever, each with
 * the size of its batch. Asks for nothing that the panels above the list do not ask for, too. `started`: see `BatchPanels`.
 */
export function useInBatches(started: readonly string[], enabled: boolean): ReadonlyMap<string, number> {
  const { data: going = [] } = useQuery({ ...batchesQuery, select: idsOfGoing, placeholderData: NO_BATCHS, enabled })
  const ids = enabled ? [...new Set([...going, ...started])] : []
  const waiting = useQueries({ queries: ids.map(batchQuery), combine })
  return useMemo(() => new Map(waiting.map(({ number, size }) => [number, size])), [waiting])
}
