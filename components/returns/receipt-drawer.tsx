'use client'

import { useQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode } from 'react'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { usePassed } from '@/components/ui/hooks'
import { Notice } from '@/components/ui/notice'
import { isRefusal } from '@/lib/client/fetch/api'
import { formatAbroad, formatOnDay, plural } from '@/lib/client/format/format'
import { receiptQuery } from '@/lib/client/queries/returns'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { isCheckable } from '@/lib/domain/returns/settling'
import { OutcomeBadge } from './outcome-badge'
import {
  eventSentence,
  markableFrom,
  NO_ACCOUNT_TO_CHECK,
  receiptDetail,
  receiptText,
  whyNotMarkable,
  withId,
} from './receipt-wording'
import type { Settle } from './use-settle'

const LINK =
  'rounded-control underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:inline-flex max-sm:min-h-11 max-sm:items-center'

/** May break after its hyphens alone, so that it can be read out and typed. */
function ReceiptId({ id }: { id: string }) {
  return id.split(/(?<=-)/).map((part) => (
    <Fragment key={part}>
      {part}
      <wbr />
    </Fragment>
  ))
}

function Facts({ record, onOpenBatch }: { record: ReturnRecord; onOpenBatch: (batchId: string) => void }) {
  const { requestedBy, batchId } = record
  const facts: [string, ReactNode][] = [
    [
      'Number',
      <AppLink key="number" href={`/numbers?number=${encodeURIComponent(record.number)}`} className={LINK}>
        {record.national ?? record.number}
      </AppLink>,
    ],
    ['Agent account', withId(record.accountName, record.accountId)],
    ['Organization', withId(record.organizationName, record.organizationId)],
    ['Requested', formatAbroad(record.requestedAt)],
    ['By', `${requestedBy.name}, ${requestedBy.role}`],
    ['Note', record.note],
    ['Receipt', <ReceiptId key="receipt" id={record.receiptId} />],
  ]
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5 @max-[16rem]:grid-cols-[minmax(0,1fr)]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className="wrap-break-word tabular-nums">{value ?? '–'}</dd>
        </div>
      ))}
      {batchId !== null && (
        <div className="contents">
          <dt className="self-center text-ink-3">Batch</dt>
          <dd>
            <Button size="small" aria-haspopup="dialog" onClick={() => onOpenBatch(batchId)}>
              Open its batch
            </Button>
          </dd>
        </div>
      )}
    </dl>
  )
}

function Story({ record }: { record: ReturnRecord }) {
  return (
    <section aria-label="What happened" className="border-t border-line pt-4">
      <ol className="grid gap-3">
        {record.events.map((event) => (
          <li key={`${event.at} ${event.how}`} className="grid gap-0.5 border-l-2 border-line pl-3">
            <span className="text-xs text-ink-3 tabular-nums">
              {formatOnDay(event.at, record.requestedAt)}
              {event.durationMs !== null && ` · ${plural(Math.round(event.durationMs), 'ms', 'ms')}`}
            </span>
            <span className="wrap-break-word">{eventSentence(event)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Actions({ record, settle: { check, mark } }: { record: ReturnRecord; settle: Settle }) {
  const early = !usePassed(markableFrom(record))
  const why = whyNotMarkable(record, early, (iso) => formatOnDay(iso, record.requestedAt))
  const unknown = record.outcome === 'unknown'
  const byHand = record.accountId === null
  return (
    <>
      {unknown && byHand && (
        <p id="why-not-checkable" className="px-5 pt-4 text-sm text-ink-3">
          Check again: {NO_ACCOUNT_TO_CHECK}
        </p>
      )}
      {unknown && why && (
        <p id="why-not-markable" className="px-5 pt-4 text-sm text-ink-3">
          Mark not returned: {why}
        </p>
      )}
      <DialogActions>
        <CopyButton
          className="sm:mr-auto"
          text={() => receiptText(record, formatAbroad)}
          said="Receipt copied as text for the customer: without the note and Vida’s words."
        >
          Copy as text
        </CopyButton>
        {unknown && (
          <Button
            blocked={why !== null}
            busy={mark.isPending}
            aria-describedby={why ? 'why-not-markable' : undefined}
            onClick={() => mark.mutate(record.receiptId)}
          >
            Mark not returned
          </Button>
        )}
        {isCheckable(record) && (unknown || !byHand) && (
          <Button
            variant="primary"
            blocked={byHand}
            busy={check.isPending}
            aria-describedby={byHand ? 'why-not-checkable' : undefined}
            onClick={() => check.mutate(record.receiptId)}
          >
            Check again
          </Button>
        )}
      </DialogActions>
    </>
  )
}

/** Stands in the receipt's place while it is read, and if it can't be. */
function Missing({ error, retry, onShowAll }: { error: Error | null; retry: () => unknown; onShowAll: () => unknown }) {
  if (!error) return <p className="px-5 py-6 text-ink-2">Reading the receipt</p>
  const way = isRefusal(error) ? (
    <Button onClick={() => onShowAll()}>Show all returns</Button>
  ) : (
    <Button onClick={() => retry()}>Retry</Button>
  )
  return (
    <div className="px-5 py-6">
      <Notice tone="warn" alert action={way}>
        {isRefusal(error) ? error.message : `The receipt could not be read. ${error.message}`}
      </Notice>
    </div>
  )
}

interface ReceiptDrawerProps {
  receiptId: string | null
  /** The receipt if it is among the pages read so far; otherwise it is asked for by itself. */
  known: ReturnRecord | null
  settle: Settle
  onClose: () => void
  onOpenBatch: (batchId: string) => void
  /** The whole list, with nothing open. */
  onShowAll: () => unknown
}

/** One return: what is known, how, and since when. */
export function ReceiptDrawer({ receiptId, known, settle, onClose, onOpenBatch, onShowAll }: ReceiptDrawerProps) {
  const asked = useQuery({ ...receiptQuery(receiptId ?? ''), enabled: receiptId !== null && known === null })
  const record = known ?? asked.data ?? null
  return (
    <Dialog
      open={receiptId !== null}
      onClose={onClose}
      title={record ? `Receipt for ${record.number}` : 'Receipt'}
      side
    >
      {record ? (
        <>
          <div className="grid grow content-start gap-4 px-5 pt-3">
            <div className="grid justify-items-start gap-2">
              <OutcomeBadge outcome={record.outcome} />
              <p className="wrap-break-word">{receiptDetail(record, (iso) => formatOnDay(iso, record.requestedAt))}</p>
            </div>
            <Facts record={record} onOpenBatch={onOpenBatch} />
            <Story record={record} />
          </div>
          <Actions record={record} settle={settle} />
        </>
      ) : (
        <Missing error={asked.isFetching ? null : asked.error} retry={asked.refetch} onShowAll={onShowAll} />
      )}
    </Dialog>
  )
}
