'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useToast } from '@/components/ui/toast'
import { isOver, runningBatchesQuery } from '@/lib/client/queries/batches'
import { returnsKey } from '@/lib/client/queries/returns'
import type { BatchSummary } from '@/lib/domain/batches/batch'
import { endedMessage } from './ended-wording'

/** The current state of those of these batches that had not ended, by id. When one ends, the history is read again. */
export function useRunningBatches(listed: readonly BatchSummary[]): ReadonlyMap<string, BatchSummary> {
  const client = useQueryClient()
  const toast = useToast()
  const running = listed.filter((batch) => !isOver(batch)).map(({ id }) => id)
  const { data } = useQuery(runningBatchesQuery(running))
  const batches = running.length > 0 ? (data?.batches ?? []) : []
  const { text, tone } = endedMessage(batches.filter(isOver))
  useEffect(() => {
    if (text === '') return
    toast(text, tone)
    void client.invalidateQueries({ queryKey: returnsKey })
  }, [toast, client, text, tone])
  return new Map(batches.map((batch) => [batch.id, batch]))
}
