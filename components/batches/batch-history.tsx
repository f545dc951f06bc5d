'use client'

import { useQuery } from '@tanstack/react-query'
import { jobsQuery } from '@/lib/jobs/query'
import { countsSentence } from '@/lib/jobs/words'
import { formatMoment, plural } from '../ui/format'
import { JobRecap } from './job-recap'

interface BatchHistoryProps {
  /** The batch whose recap is open. */
  open: string | null
  onOpen: (jobId: string | null) => void
}

/** The newest batches, each one entry that opens its recap; its single returns stand in the table below. */
export function BatchHistory({ open, onOpen }: BatchHistoryProps) {
  const { data } = useQuery(jobsQuery)
  const jobs = data?.jobs ?? []
  return (
    <>
      {jobs.length > 0 && (
        <details className="mb-4 rounded-panel border border-line bg-surface px-4 py-2" open={jobs.length < 4}>
          <summary className="min-h-8 font-semibold max-sm:min-h-11">Batches ({jobs.length})</summary>
          <ul>
            {jobs.map((job) => (
              <li key={job.id} className="flex flex-wrap items-center gap-x-3 border-t border-line py-1">
                <button
                  type="button"
                  aria-haspopup="dialog"
                  onClick={() => onOpen(job.id)}
                  className="min-h-8 font-medium decoration-line decoration-2 underline-offset-4 hover:underline max-sm:min-h-11"
                >
                  Batch of {plural(job.total, 'number')}
                </button>
                <span className="text-ink-2 tabular-nums">{formatMoment(job.createdAt)}</span>
                <span className="text-ink-2 tabular-nums">{countsSentence(job)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <JobRecap jobId={open} onClose={() => onOpen(null)} onSelect={null} />
    </>
  )
}
