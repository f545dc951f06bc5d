'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { batchesKey, batchQuery, postBatchAction } from '@/lib/client/queries/batches'
import type { BatchState } from '@/lib/domain/batches/batch'
import { STOP_IS_FINAL } from '@/lib/domain/batches/wording'

export function useBatchAction(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (action: 'stop' | 'continue') => postBatchAction(id, action),
    onSuccess: (next) => client.setQueryData(batchQuery(id).queryKey, next),
    onSettled: () => client.invalidateQueries({ queryKey: batchesKey }),
  })
}

interface BatchActionsProps {
  state: BatchState
  action: ReturnType<typeof useBatchAction>
}

export function BatchActions({ state, action }: BatchActionsProps) {
  return (
    <>
      {state === 'held' && (
        <Button busy={action.isPending} onClick={() => action.mutate('stop')}>
          Undo
        </Button>
      )}
      {state === 'paused' && (
        <Button busy={action.isPending} onClick={() => action.mutate('continue')}>
          Continue
        </Button>
      )}
      {(state === 'running' || state === 'paused') && (
        <Button busy={action.isPending} title={STOP_IS_FINAL} onClick={() => action.mutate('stop')}>
          Stop
        </Button>
      )}
    </>
  )
}
