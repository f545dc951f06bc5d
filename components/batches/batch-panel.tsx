'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { formatCount, plural } from '@/lib/client/format/format'
import { isOver, jobQuery } from '@/lib/client/queries/batches'
import { numbersQuery } from '@/lib/client/queries/inventory'
import { marksQuery } from '@/lib/client/queries/marks'
import { returnsKey } from '@/lib/client/queries/returns'
import type { Job } from '@/lib/domain/batches/batch'
import type { Rest } from '@/lib/domain/batches/rest'
import { countsSentence, reasonSentence, STOP_IS_FINAL, stateWords, successOf } from '@/lib/domain/batches/wording'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { useAnnounce } from '../ui/toast'
import { JobVerbs } from './batch-actions'
import { endedNews } from './ended-wording'
import { useJobVerb } from './use-batch-action'
import { useKeepFocus } from './use-keep-focus'
import { doneOf, useTimeLeft } from './use-time-left'

interface JobPanelProps {
  id: string
  /** It was begun a moment ago on this page, and the button that began it is gone: it takes the focus. */
  begun: boolean
  /** This tab showed it before it was reloaded: what was told then is not told again. */
  kept: boolean
  onOpen: () => void
  rest: (job: Job) => Rest
  /** Asks anew about what it did not send. */
  onRest: (job: Job, rest: Rest) => void
  onDismiss: () => void
}

/** One batch: how far it is, and what a person can do about it. Told aloud is only that it pauses or has ended. */
export function JobPanel({ id, begun, kept, onOpen, rest, onRest, onDismiss }: JobPanelProps) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const { data: job, error } = useQuery(jobQuery(id))
  const verb = useJobVerb(id)
  const left = useTimeLeft(job)
  const focus = useKeepFocus(job?.state, begun)
  const told = useRef<string | null>(null)
  /** How many were already gone when the list was read again for them. */
  const gone = useRef(0)
  useEffect(() => {
    if (!job) return
    // What was unknown at the end may be settled later, which is news, too.
    const news = isOver(job) ? countsSentence(job) : job.state
    const before = told.current
    if (news === before) return
    told.current = news
    const batch = `The batch of ${plural(job.total, 'number')}`
    if (job.state === 'paused' && before) announce(`${batch} is paused. ${reasonSentence(job)}`, 'failure')
    if (!isOver(job) || (kept && before === null)) return
    const { text, tone } = endedNews([job])
    announce(text, tone)
    void client.invalidateQueries({ queryKey: returnsKey })
    // Where moved numbers are now, only a reading of the whole list tells.
    if (job.counts.already_gone > gone.current)
      void client.refetchQueries({ queryKey: numbersQuery.queryKey, exact: true })
    gone.current = job.counts.already_gone
  }, [announce, client, job, kept])
  // The list follows number by number: what is under way is marked, and what is proved gone leaves it.
  const progress = job && countsSentence(job)
  useEffect(() => {
    if (progress) void client.invalidateQueries({ queryKey: marksQuery.queryKey })
  }, [client, progress])
  // Nothing is offered once all of it is under way again, or gone.
  const unsent = useMemo(() => (job && isOver(job) && job.counts.not_sent > 0 ? rest(job) : null), [job, rest])
  if (!job) return null
  const { state, reason, total, items } = job
  const over = isOver(job)
  const done = doneOf(job)
  const running = state === 'running' || state === 'stopping'
  const current = running ? items.filter(({ outcome }) => outcome === 'open').map(({ number }) => number) : []
  const batch = `Batch of ${plural(total, 'number')}`
  return (
    <section {...focus} aria-label={batch} className="mb-3 rounded-panel">
      <Notice
        tone={state === 'paused' || (over && successOf(job) === 'short') ? 'warn' : 'info'}
        action={
          <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:grow max-sm:*:px-2!">
            <JobVerbs state={state} verb={verb} />
            {unsent && unsent.rows.length > 0 && (
              <Button aria-haspopup="dialog" onClick={() => onRest(job, unsent)}>
                Return the rest…
              </Button>
            )}
            <Button aria-haspopup="dialog" onClick={onOpen}>
              {over ? 'Recap' : 'Details'}
            </Button>
            {over && <Button onClick={onDismiss}>Dismiss</Button>}
          </div>
        }
      >
        <p className="font-medium text-ink">
          {state === 'running' ? `Returning ${plural(total, 'number')}` : `${batch}: ${stateWords(job).toLowerCase()}`}
        </p>
        {!over && (
          <div
            role="progressbar"
            aria-label="Returning numbers"
            aria-valuemin={0}
            aria-valuemax={total}
            aria-valuenow={done}
            aria-valuetext={`${formatCount(done)} of ${formatCount(total)}`}
            className="my-2 h-1.5 overflow-hidden rounded-full bg-sunken forced-colors:border"
          >
            <div
              className="h-full bg-accent forced-colors:bg-[Highlight]"
              style={{ width: `${(done / total) * 100}%` }}
            />
          </div>
        )}
        <p className="tabular-nums">
          {[countsSentence(job), left, current.length > 0 && `now ${current.join(', ')}`].filter(Boolean).join(' · ')}
        </p>
        {state === 'stopping' && <p>Those under way finish, and nothing more is sent. {STOP_IS_FINAL}</p>}
        {reason && reason !== 'finished' && <p>{reasonSentence(job)}</p>}
        {state === 'paused' && <p>{STOP_IS_FINAL}</p>}
        {error && !over && <p>{error.message} Shown is how far the batch was; it does not depend on this page.</p>}
        {verb.error && <p role="alert">{verb.error.message}</p>}
      </Notice>
    </section>
  )
}
