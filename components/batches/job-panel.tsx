'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Job } from '@/lib/jobs/job'
import { isOver, jobQuery, jobsKey, jobsQuery, postJobVerb } from '@/lib/jobs/query'
import { countsSentence, reasonSentence } from '@/lib/jobs/words'
import { returnsKey } from '@/lib/returns/query'
import { useAnnounce } from '../shell/announcer'
import { Button } from '../ui/button'
import { plural } from '../ui/format'
import { Notice } from '../ui/notice'

interface JobPanelsProps {
  /** Ids of the batches that were begun on this page. */
  started: readonly string[]
  onOpen: (jobId: string) => void
  /** A batch that was seen running has ended: what it touched is read again. */
  onEnded: () => void
}

/** The batches of this account that run or wait for a person, and those that ended while this page was open. */
export function JobPanels({ started, onOpen, onEnded }: JobPanelsProps) {
  const { data } = useQuery(jobsQuery)
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const going = (data?.jobs ?? []).filter((job) => !isOver(job)).map(({ id }) => id)
  const fresh = [...going, ...started].filter((id) => !seen.has(id))
  if (fresh.length > 0) setSeen(new Set([...seen, ...fresh]))
  return [...seen]
    .filter((id) => !dismissed.has(id))
    .map((id) => (
      <div key={id} className="mb-3">
        <JobPanel
          id={id}
          onOpen={() => onOpen(id)}
          onEnded={onEnded}
          onDismiss={() => setDismissed(new Set([...dismissed, id]))}
        />
      </div>
    ))
}

/** How far a batch was when this page saw it run; a pause begins anew. `at` in ms. */
interface Progress {
  at: number
  done: number
}

function doneOf({ counts, total }: Job): number {
  return total - counts.waiting - counts.open
}

/** Minutes and seconds that the rest takes at the rate so far; null before there is a rate. */
function timeLeft(job: Job, since: Progress): string | null {
  const done = doneOf(job)
  const sinceThen = done - since.done
  if (sinceThen < 2 || job.counts.waiting === 0) return null
  const seconds = (((Date.now() - since.at) / sinceThen) * (job.total - done)) / 1000
  return seconds < 90
    ? `about ${Math.max(1, Math.round(seconds))} s left`
    : `about ${Math.round(seconds / 60)} min left`
}

function JobPanel({
  id,
  onOpen,
  onEnded,
  onDismiss,
}: {
  id: string
  onOpen: () => void
  onEnded: () => void
  onDismiss: () => void
}) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const { data: job } = useQuery(jobQuery(id))
  const verb = useMutation({
    mutationFn: (each: 'stop' | 'continue') => postJobVerb(id, each),
    onSuccess: (next) => client.setQueryData(jobQuery(id).queryKey, next),
    onSettled: () => client.invalidateQueries({ queryKey: jobsKey }),
  })
  const over = job ? isOver(job) : false
  const told = useRef(false)
  const [since, setSince] = useState<Progress | null>(null)
  const running = job?.state === 'running'
  if (job && running && !since) setSince({ at: Date.now(), done: doneOf(job) })
  if (!running && since) setSince(null)
  useEffect(() => {
    if (!job || !over || told.current) return
    told.current = true
    announce(`The batch of ${plural(job.total, 'number')} has ended: ${countsSentence(job)}.`)
    void client.invalidateQueries({ queryKey: returnsKey })
    onEnded()
  }, [announce, client, job, onEnded, over])
  if (!job) return null
  const { state, reason, total, items } = job
  const done = doneOf(job)
  const current = items.filter(({ outcome }) => outcome === 'open').map(({ number }) => number)
  const title = {
    running: 'Returning',
    stopping: 'Stopping: those under way finish. Returning',
    paused: 'Paused while returning',
    ended: 'Ended: returning',
  }[state]
  return (
    <Notice
      tone={state === 'paused' ? 'warn' : 'info'}
      action={
        <div className="flex flex-wrap gap-2">
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
          <Button onClick={onOpen}>{over ? 'Recap' : 'Details'}</Button>
          {over && <Button onClick={onDismiss}>Dismiss</Button>}
        </div>
      }
    >
      <p className="font-medium text-ink">
        {title} {plural(total, 'number')}
      </p>
      {!over && (
        <div
          role="progressbar"
          aria-label="Returning numbers"
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={done}
          aria-valuetext={`${done} of ${total}`}
          className="my-2 h-1.5 overflow-hidden rounded-full bg-sunken"
        >
          <div className="h-full bg-accent" style={{ width: `${(done / total) * 100}%` }} />
        </div>
      )}
      <p className="tabular-nums">
        {[countsSentence(job), since && timeLeft(job, since), current.length > 0 && `now ${current.join(', ')}`]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {reason && reason !== 'finished' && <p>{reasonSentence(reason)}</p>}
      {verb.error && <p role="alert">{verb.error.message}</p>}
    </Notice>
  )
}
