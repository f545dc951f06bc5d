'use client'

import { Button } from '@/components/ui/button'
import type { BatchState } from '@/lib/domain/batches/batch'
import { STOP_IS_FINAL } from '@/lib/domain/batches/wording'
import type { BatchAction } from './use-batch-action'

export function BatchActions({ state, action }: { state: BatchState; action: BatchAction }) {
  return (
    <>
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
