'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useAccount } from '@/components/inventory/account-context'
import { Button } from '@/components/ui/button'
import { IrreversibleButton } from '@/components/ui/irreversible-button'
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
  id: string
  state: BatchState
  action: ReturnType<typeof useBatchAction>
}

export function BatchActions({ id, state, action }: BatchActionsProps) {
  const { canReturn } = useAccount()
  return (
    <>
      {state === 'held' && (
        <Button busy={action.isPending} onClick={() => action.mutate('stop')}>
          Undo
        </Button>
      )}
      {canReturn && state === 'paused' && (
        <IrreversibleButton confirms={id} busy={action.isPending} onClick={() => action.mutate('continue')}>
          Continue
        </IrreversibleButton>
      )}
      {(state === 'running' || state === 'paused') && (
        // While *Continue* waits for its answer, too: what makes things safer answers at once.
        <Button
          busy={action.isPending && action.variables === 'stop'}
          title={STOP_IS_FINAL}
          onClick={() => action.mutate('stop')}
        >
          Stop
        </Button>
      )}
    </>
  )
}
