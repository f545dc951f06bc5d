'use client'

import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { batchQuery } from '@/lib/client/queries/batches'
import type { Batch } from '@/lib/domain/batches/batch'

/** Outside the component, so that react-query gives the same result while nothing changes. */
function newestHeld(batches: UseQueryResult<Batch>[]): Pick<Batch, 'id' | 'sendsAt'> | null {
  const newest = batches.findLast(({ data }) => data?.state === 'held')?.data
  return newest ? { id: newest.id, sendsAt: newest.sendsAt } : null
}

/** The newest of these batches that has not begun, as its panel last read it. */
export function useHeldBatch(started: readonly string[]): Pick<Batch, 'id' | 'sendsAt'> | null {
  return useQueries({ queries: started.map((id) => ({ ...batchQuery(id), enabled: false })), combine: newestHeld })
}
