'use client'

import { Button } from '@/components/ui/button'
import type { BatchState } from '@/lib/domain/batches/batch'
import { STOP_IS_FINAL } from '@/lib/domain/batches/wording'
import type { BatchAction } from './use-batch-action'

/** What a person can decide about a batch as it stands. */
export function BatchActions({ state, verb }: { state: BatchState; verb: BatchAction }) {
  return (
    <>
      {state === 'paused' && (
        <Button busy={verb.isPending} onClick={() => verb.mutate('continue')}>
          Continue
        </Button>
      )}
      {(state === 'running' || state === 'paused') && (
        <Button busy={verb.isPending} title={STOP_IS_FINAL} onClick={() => verb.mutate('stop')}>
          Stop
        </Button>
      )}
    </>
  )
}
