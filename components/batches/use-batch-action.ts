'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { jobQuery, jobsKey, postJobVerb } from '@/lib/client/queries/batches'

/** *Stop* and *Continue* of one batch, wherever it is shown. */
export function useJobVerb(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (verb: 'stop' | 'continue') => postJobVerb(id, verb),
    onSuccess: (next) => client.setQueryData(jobQuery(id).queryKey, next),
    onSettled: () => client.invalidateQueries({ queryKey: jobsKey }),
  })
}

export type JobVerb = ReturnType<typeof useJobVerb>
