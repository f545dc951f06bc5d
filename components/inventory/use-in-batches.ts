'use client'

import { type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { isOver, jobQuery, jobsQuery } from '@/lib/client/queries/batches'
import type { Job, JobSummary } from '@/lib/domain/batches/batch'
import { type InBatch, toCome } from '@/lib/domain/batches/pending'

/** Until the first answer, and after one without news, nothing is drawn anew. */
const NO_JOBS = { jobs: [] }
const idsOfGoing = ({ jobs }: { jobs: JobSummary[] }) => jobs.filter((job) => !isOver(job)).map(({ id }) => id)

/** A module's function, so that it runs for news alone; what it gives stays the very same while nothing changes. */
function combine(jobs: UseQueryResult<Job>[]): InBatch[] {
  return toCome(jobs.flatMap(({ data }) => data ?? []))
}

/**
 * The numbers (E.164) whose turn is still to come in a batch of this account, whoever began it and from wherever, each with
 * the size of its batch. Asks for nothing that the panels above the list do not ask for, too. `started`: see `JobPanels`.
 */
export function useInBatches(started: readonly string[], enabled: boolean): ReadonlyMap<string, number> {
  const { data: going = [] } = useQuery({ ...jobsQuery, select: idsOfGoing, placeholderData: NO_JOBS, enabled })
  const ids = enabled ? [...new Set([...going, ...started])] : []
  const waiting = useQueries({ queries: ids.map(jobQuery), combine })
  return useMemo(() => new Map(waiting.map(({ number, size }) => [number, size])), [waiting])
}
