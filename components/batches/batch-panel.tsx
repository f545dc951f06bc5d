'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Countdown } from '@/components/ui/countdown'
import { Notice } from '@/components/ui/notice'
import { useToast } from '@/components/ui/toast'
import { formatCount, plural } from '@/lib/client/format/format'
import { batchQuery, isOver } from '@/lib/client/queries/batches'
import { numbersQuery } from '@/lib/client/queries/inventory'
import { marksQuery } from '@/lib/client/queries/marks'
import { returnsKey } from '@/lib/client/queries/returns'
import type { Batch } from '@/lib/domain/batches/batch'
import type { Rest } from '@/lib/domain/batches/rest'
import { countsSentence, reasonSentence, STOP_IS_FINAL, stateWording, successOf } from '@/lib/domain/batches/wording'
import { BatchActions, useBatchAction } from './batch-actions'
import { endedMessage } from './ended-wording'
import { doneOf, useTimeLeft } from './use-time-left'

interface BatchPanelProps {
  id: string
  /** Started on this page: it takes the focus. */
  started: boolean
  /** Shown in this tab before a reload: its end was announced then. */
  restored: boolean
  onOpen: () => void
  rest: (batch: Batch) => Rest
  onRest: (batch: Batch, rest: Rest) => void
  onDismiss: () => void
}

/** The progress of one batch, and what a person can do. Only a pause and the end are announced. */
export function BatchPanel({ id, started, restored, onOpen, rest, onRest, onDismiss }: BatchPanelProps) {
  const client = useQueryClient()
  const toast = useToast()
  const { data: batch, error } = useQuery(batchQuery(id))
  const action = useBatchAction(id)
  const { data: ahead = 0 } = useQuery({ ...marksQuery, select: (marks) => marks.ahead, enabled: false })
  const left = useTimeLeft(batch)
  const region = useRef<HTMLElement>(null)
  const known = batch !== undefined
  useEffect(() => {
    if (started && known) region.current?.focus()
  }, [started, known])
  const announced = useRef<string | null>(null)
  /** `already_gone` when the list was last read again. */
  const gone = useRef(0)
  useEffect(() => {
    if (!batch) return
    // An outcome that was unknown at the end may be settled later.
    const now = isOver(batch) ? countsSentence(batch) : batch.state
    const before = announced.current
    if (now === before) return
    announced.current = now
    const name = `The batch of ${plural(batch.total, 'number')}`
    if (batch.state === 'paused' && before) toast(`${name} is paused. ${reasonSentence(batch)}`, 'failure')
    if (!isOver(batch) || (restored && before === null)) return
    const { text, tone } = endedMessage([batch])
    toast(text, tone)
    void client.invalidateQueries({ queryKey: returnsKey })
    // Only a complete scan shows where a moved number is.
    if (batch.counts.already_gone > gone.current)
      void client.refetchQueries({ queryKey: numbersQuery.queryKey, exact: true })
    gone.current = batch.counts.already_gone
  }, [toast, client, batch, restored])
  // The marks and the rows of the list follow each number.
  const progress = batch && countsSentence(batch)
  useEffect(() => {
    if (progress) void client.invalidateQueries({ queryKey: marksQuery.queryKey })
  }, [client, progress])
  const unsent = useMemo(
    () => (batch && isOver(batch) && batch.counts.not_sent > 0 ? rest(batch) : null),
    [batch, rest],
  )
  if (!batch) return null
  const { state, reason, total, items } = batch
  const over = isOver(batch)
  const startsAt = batch.sendsAt === null ? null : Date.parse(batch.sendsAt) - ahead
  const done = doneOf(batch)
  const running = state === 'running' || state === 'stopping'
  const current = running ? items.filter(({ outcome }) => outcome === 'open').map(({ number }) => number) : []
  const name = `Batch of ${plural(total, 'number')}`
  return (
    <section ref={region} tabIndex={-1} aria-label={name} className="mb-3 rounded-panel">
      <Notice
        tone={state === 'paused' || (over && successOf(batch) === 'short') ? 'warn' : 'info'}
        action={
          <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:grow max-sm:*:px-2!">
            <BatchActions id={id} state={state} action={action} />
            {unsent && unsent.rows.length > 0 && (
              <Button aria-haspopup="dialog" onClick={() => onRest(batch, unsent)}>
                Return the rest…
              </Button>
            )}
            <Button aria-haspopup="dialog" onClick={onOpen}>
              {over ? 'Recap' : 'Details'}
            </Button>
            {over && (
              <Button data-focus-next="search" onClick={onDismiss}>
                Dismiss
              </Button>
            )}
          </div>
        }
      >
        <p className="font-medium text-ink">
          {state === 'running' && <span>{`Returning ${plural(total, 'number')}`}</span>}
          {state === 'held' && (
            <>
              <span>{`${name}: `}</span>
              <Countdown until={startsAt} verb="Starts" passed="Starting…" />
            </>
          )}
          {state !== 'running' && state !== 'held' && <span>{`${name}: ${stateWording(batch).toLowerCase()}`}</span>}
        </p>
        {!over && state !== 'held' && (
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
          {[countsSentence(batch), left, current.length > 0 && `now ${current.join(', ')}`].filter(Boolean).join(' · ')}
        </p>
        {state === 'stopping' && <p>{`Returns in progress finish; nothing more is sent. ${STOP_IS_FINAL}`}</p>}
        {reason && reason !== 'finished' && <p>{reasonSentence(batch)}</p>}
        {state === 'paused' && <p>{STOP_IS_FINAL}</p>}
        {error && !over && (
          <p>{`${error.message} This is the last known progress; the batch runs without this page.`}</p>
        )}
        {action.error && <p role="alert">{action.error.message}</p>}
      </Notice>
    </section>
  )
}
