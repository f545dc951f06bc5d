'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { batchesKey, batchQuery, postBatchAction } from '@/lib/client/queries/batches'

/** Undoes or stops the batch, or has it continue. */
export function useBatchAction(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (action: 'stop' | 'continue') => postBatchAction(id, action),
    onSuccess: (next) => client.setQueryData(batchQuery(id).queryKey, next),
    onSettled: () => client.invalidateQueries({ queryKey: batchesKey }),
  })
}
