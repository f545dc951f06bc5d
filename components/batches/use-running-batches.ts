'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { goingJobsQuery, isOver } from '@/lib/client/queries/batches'
import { returnsKey } from '@/lib/client/queries/returns'
import type { JobSummary } from '@/lib/domain/batches/batch'
import { useAnnounce } from '../ui/toast'
import { endedNews } from './ended-wording'

/** Of these batches those that are not over, by id, as they stand now. When one ends, the history is read again. */
export function useGoing(batches: readonly JobSummary[]): ReadonlyMap<string, JobSummary> {
  const client = useQueryClient()
  const announce = useAnnounce()
  const going = batches.filter((batch) => !isOver(batch)).map(({ id }) => id)
  const { data } = useQuery(goingJobsQuery(going))
  const jobs = going.length > 0 ? (data?.jobs ?? []) : []
  const { text, tone } = endedNews(jobs.filter(isOver))
  useEffect(() => {
    if (text === '') return
    announce(text, tone)
    void client.invalidateQueries({ queryKey: returnsKey })
  }, [announce, client, text, tone])
  return new Map(jobs.map((job) => [job.id, job]))
}
