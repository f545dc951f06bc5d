'use client'

import { useAccount } from '@/components/inventory/account-context'
import { Button } from '@/components/ui/button'
import { IrreversibleButton } from '@/components/ui/irreversible-button'
import type { BatchState } from '@/lib/domain/batches/batch'
import { STOP_IS_FINAL } from '@/lib/domain/batches/wording'
import type { useBatchAction } from './use-batch-action'

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
