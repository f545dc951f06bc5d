'use client'

import type { JobState } from '@/lib/jobs/job'
import { Button } from '../ui/button'
import type { JobVerb } from './use-job-verb'

/** What a person can decide about a batch as it stands. */
export function JobVerbs({ state, verb }: { state: JobState; verb: JobVerb }) {
  return (
    <>
      {state === 'paused' && (
        <Button busy={verb.isPending} onClick={() => verb.mutate('continue')}>
          Continue
        </Button>
      )}
      {(state === 'running' || state === 'paused') && (
        <Button busy={verb.isPending} onClick={() => verb.mutate('stop')}>
          Stop
        </Button>
      )}
    </>
  )
}
