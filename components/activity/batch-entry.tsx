'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { BatchActions } from '@/components/batches/batch-actions'
import { useBatchAction } from '@/components/batches/use-batch-action'
import { doneOf, useTimeLeft } from '@/components/batches/use-time-left'
import { Button } from '@/components/ui/button'
import { Countdown } from '@/components/ui/countdown'
import { formatCount, plural } from '@/lib/client/format/format'
import { useFollow } from '@/lib/client/navigation/address'
import { batchQuery, isOver } from '@/lib/client/queries/batches'
import { marksQuery } from '@/lib/client/queries/marks'
import type { Batch } from '@/lib/domain/batches/batch'
import { restOf } from '@/lib/domain/batches/rest'
import { countsSentence, reasonSentence, STOP_IS_FINAL, stateWording } from '@/lib/domain/batches/wording'
import { useActivityPanel } from './activity-context'

function Progress({ batch }: { batch: Batch }) {
  const done = doneOf(batch)
  return (
    <div
      role="progressbar"
      aria-label="Returning numbers"
      aria-valuemin={0}
      aria-valuemax={batch.total}
      aria-valuenow={done}
      aria-valuetext={`${formatCount(done)} of ${formatCount(batch.total)}`}
      className="my-2 h-1.5 overflow-hidden rounded-full bg-sunken forced-colors:border"
    >
      <div
        className="h-full bg-accent forced-colors:bg-[Highlight]"
        style={{ width: `${(done / batch.total) * 100}%` }}
      />
    </div>
  )
}

function Title({ batch, name }: { batch: Batch; name: string }) {
  const { data: ahead = 0 } = useQuery({ ...marksQuery, select: (marks) => marks.ahead, enabled: false })
  const startsAt = batch.sendsAt === null ? null : Date.parse(batch.sendsAt) - ahead
  return (
    <p className="font-medium text-ink">
      {batch.state === 'running' && <span>{`Returning ${plural(batch.total, 'number')}`}</span>}
      {batch.state === 'held' && (
        <>
          <span>{`${name}: `}</span>
          <Countdown until={startsAt} verb="Starts" passed="Starting…" />
        </>
      )}
      {batch.state !== 'running' && batch.state !== 'held' && (
        <span>{`${name}: ${stateWording(batch).toLowerCase()}`}</span>
      )}
    </p>
  )
}

/** The progress of one batch, and what a person can do. */
export function BatchEntry({ batch }: { batch: Batch }) {
  const { id, state, reason, total, items } = batch
  const { page, justBegun, dismissBatch, close } = useActivityPanel()
  const { error } = useQuery({ ...batchQuery(id), enabled: false })
  const action = useBatchAction(id)
  const left = useTimeLeft(batch)
  const goTo = useFollow()
  const entry = useRef<HTMLElement>(null)
  const takesFocus = justBegun === id
  useEffect(() => {
    // Not from a person who went on to something else.
    const now = document.activeElement
    if (takesFocus && (now === document.body || now?.closest('#activity'))) entry.current?.focus()
  }, [takesFocus])
  const over = isOver(batch)
  const unsent = useMemo(
    () => (page && over && batch.counts.not_sent > 0 ? restOf(batch, page.inventory, page.obstacle) : null),
    [page, over, batch],
  )
  const running = state === 'running' || state === 'stopping'
  const current = running ? items.filter(({ outcome }) => outcome === 'open').map(({ number }) => number) : []
  const name = `Batch of ${plural(total, 'number')}`
  const openBatch = () => {
    if (page) return page.openBatch(id)
    close()
    goTo(`/history?batch=${encodeURIComponent(id)}`)
  }
  return (
    <section ref={entry} tabIndex={-1} aria-label={name} className="grid gap-1 rounded-control">
      <Title batch={batch} name={name} />
      {!over && state !== 'held' && <Progress batch={batch} />}
      <p className="text-sm tabular-nums">
        {[countsSentence(batch), left, current.length > 0 && `now ${current.join(', ')}`].filter(Boolean).join(' · ')}
      </p>
      {state === 'stopping' && (
        <p className="text-sm">{`Returns in progress finish; nothing more is sent. ${STOP_IS_FINAL}`}</p>
      )}
      {reason && reason !== 'finished' && <p className="text-sm">{reasonSentence(batch)}</p>}
      {state === 'paused' && <p className="text-sm">{STOP_IS_FINAL}</p>}
      {error && !over && (
        <p className="text-sm text-warn">
          {`${error.message} This is the last known progress; the batch runs without this page.`}
        </p>
      )}
      {action.error && (
        <p role="alert" className="text-sm text-warn">
          {action.error.message}
        </p>
      )}
      <div className="mt-1 flex flex-wrap gap-2 max-sm:*:grow max-sm:*:px-2!">
        <BatchActions id={id} state={state} action={action} />
        {page && unsent && unsent.rows.length > 0 && (
          <Button aria-haspopup="dialog" onClick={() => page.returnRest(batch, unsent)}>
            Return the rest…
          </Button>
        )}
        <Button aria-haspopup={page ? 'dialog' : undefined} onClick={openBatch}>
          {over ? 'Recap' : 'Details'}
        </Button>
        {over && <Button onClick={() => dismissBatch(id)}>Dismiss</Button>}
      </div>
    </section>
  )
}
