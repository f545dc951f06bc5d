import { queryOptions } from '@tanstack/react-query'
import { isRefusal, request } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { Job, JobSummary } from '@/lib/domain/batches/batch'
import type { PastedEntry } from '@/lib/domain/batches/paste'

const isJob = shaped<Job>('id', 'state', 'counts', 'items')
const isList = shaped<{ jobs: JobSummary[] }>('jobs')
const isPaste = shaped<{ entries: PastedEntry[]; more: boolean }>('entries', 'more')

/** Everything about batches, for invalidation by prefix. */
export const jobsKey = ['jobs'] as const

/** How often a batch that runs is asked for, and how often somebody else's new one is looked for, ms. */
const RUNNING_MS = 1_500
const LOOKING_MS = 15_000
/** How often one that is over is asked for while something in it is unknown, ms: reading may settle it. */
const SETTLING_MS = 5_000

export function isOver({ state }: Pick<Job, 'state'>): boolean {
  return state === 'ended'
}

/** The newest batches of this account; any tab finds one that another tab or colleague began. */
export const jobsQuery = queryOptions({
  queryKey: [...jobsKey, 'list'],
  queryFn: ({ signal }) => request('/api/jobs', isList, { signal, background: true }),
  refetchInterval: LOOKING_MS,
})

/** One batch with all its numbers; asked for again while it runs, and while something in it is unknown. */
export function jobQuery(id: string) {
  return queryOptions({
    queryKey: [...jobsKey, id],
    queryFn: ({ signal }) => request(`/api/jobs/${encodeURIComponent(id)}`, isJob, { signal, background: true }),
    retry: (count, error) => count < 1 && !isRefusal(error),
    refetchInterval: ({ state: { data, error } }) => {
      if (!data) return isRefusal(error) ? false : RUNNING_MS
      if (!isOver(data)) return RUNNING_MS
      return data.counts.unknown + data.counts.open > 0 ? SETTLING_MS : false
    },
  })
}

/** As many as one call may ask for. */
const MOST_GOING = 50

/** These batches, which were not over when they were read; asked for again while any runs, and now and then while all wait. */
export function goingJobsQuery(ids: readonly string[]) {
  const asked = ids.slice(0, MOST_GOING)
  return queryOptions({
    queryKey: [...jobsKey, 'going', asked],
    queryFn: ({ signal }) => request(`/api/jobs?ids=${asked.join(',')}`, isList, { signal, background: true }),
    enabled: asked.length > 0,
    refetchInterval: ({ state: { data } }) =>
      data?.jobs.some(({ state }) => state === 'running' || state === 'stopping') ? RUNNING_MS : LOOKING_MS,
  })
}

/** Exactly what was confirmed. One call begins one batch; never repeated by itself. */
export function postJob(call: { returns: { number: string; accountId: string }[]; note: string | null }): Promise<Job> {
  return request('/api/jobs', isJob, { method: 'POST', body: call })
}

export function postJobVerb(id: string, verb: 'stop' | 'continue'): Promise<Job> {
  return request(`/api/jobs/${encodeURIComponent(id)}/${verb}`, isJob, { method: 'POST', body: {} })
}

export function postPaste(text: string): Promise<{ entries: PastedEntry[]; more: boolean }> {
  return request('/api/numbers/parse-list', isPaste, { method: 'POST', body: { text } })
}
