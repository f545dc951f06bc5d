'use client'

import { useQuery } from '@tanstack/react-query'
import { Fragment, type KeyboardEventHandler, type ReactNode } from 'react'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Countdown } from '@/components/ui/countdown'
import { CustomerName } from '@/components/ui/customer-name'
import { NameWithId } from '@/components/ui/name-with-id'
import { NotLoaded } from '@/components/ui/not-loaded'
import { Notice } from '@/components/ui/notice'
import { SideDialog } from '@/components/ui/side-dialog'
import { formatAbroad, formatOnDay, plural } from '@/lib/client/format/format'
import { receiptQuery } from '@/lib/client/queries/returns'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { requesterWording } from '@/lib/domain/returns/wording'
import { usageSentence } from './open-receipt'
import { OutcomeBadge } from './outcome-badge'
import { ReceiptActions } from './receipt-actions'
import { ReceiptNotes } from './receipt-notes'
import { ReceiptPrint } from './receipt-print'
import { eventSentence, receiptDetail } from './receipt-wording'
import type { Held } from './use-held'
import type { Settle } from './use-settle'

const LINK =
  'rounded-control underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:inline-flex max-sm:min-h-11 max-sm:items-center'

function Facts({ record, onOpenBatch }: { record: ReturnRecord; onOpenBatch: (batchId: string) => void }) {
  const { batchId } = record
  const facts: [string, ReactNode][] = [
    [
      'Number',
      <AppLink key="number" href={`/numbers?number=${encodeURIComponent(record.number)}`} className={LINK}>
        {record.national ?? record.number}
      </AppLink>,
    ],
    ['Agent account', record.accountId && <NameWithId key="agent" name={record.accountName} id={record.accountId} />],
    [
      'Organization',
      record.organizationId && (
        <CustomerName
          key="organization"
          name={null}
          id={record.organizationId}
          className="max-sm:inline-flex max-sm:min-h-11 max-sm:items-center"
        >
          <NameWithId name={record.organizationName} id={record.organizationId} />
        </CustomerName>
      ),
    ],
    ['Requested', formatAbroad(record.requestedAt)],
    [
      'By',
      <Fragment key="by">
        <bdi translate="no">{requesterWording(record)}</bdi>
        <span>{`, ${record.requestedBy.role}`}</span>
      </Fragment>,
    ],
    ['Use', usageSentence(record, formatAbroad)],
    ['Reason', record.reason],
    ['Note', record.note],
    ['Receipt', record.receiptId],
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
              Open batch
            </Button>
          </dd>
        </div>
      )}
    </dl>
  )
}

function Steps({ record }: { record: ReturnRecord }) {
  return (
    <section aria-label="What happened" className="border-t border-line pt-4">
      <ol className="grid gap-3">
        {record.events.map((event) => (
          <li key={`${event.at} ${event.how}`} className="grid gap-0.5 border-l-2 border-line pl-3">
            <span className="text-xs text-ink-3 tabular-nums">
              <span>{formatOnDay(event.at, record.requestedAt)}</span>
              {event.durationMs !== null && <span>{` · ${plural(Math.round(event.durationMs), 'ms', 'ms')}`}</span>}
            </span>
            <span className="wrap-break-word">{eventSentence(event)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

interface ReceiptDrawerProps {
  receiptId: string
  /** The receipt if it is in the pages read so far; null: it is requested. */
  known: ReturnRecord | null
  settle: Settle
  held: Held
  /** Over a batch's recap. */
  modal: boolean
  onKeyDown: KeyboardEventHandler
  onClose: () => void
  onOpenBatch: (batchId: string) => void
  onShowAll: () => unknown
}

export function ReceiptDrawer(props: ReceiptDrawerProps) {
  const { receiptId, known, settle, held, modal, onKeyDown, onClose, onOpenBatch, onShowAll } = props
  const asked = useQuery({ ...receiptQuery(receiptId), enabled: known === null })
  const record = known ?? asked.data ?? null
  const waiting = record?.outcome === 'open' ? held.of(receiptId) : null
  return (
    <SideDialog
      open
      modal={modal}
      belongsTo={() => document.getElementById(receiptId)}
      onKeyDown={onKeyDown}
      onClose={onClose}
      title={record ? `Receipt for ${record.number}` : 'Receipt'}
    >
      {record ? (
        <>
          <div className="grid grow content-start gap-4 px-5 pt-3">
            <div className="grid justify-items-start gap-2">
              <OutcomeBadge outcome={record.outcome} />
              {waiting?.canUndo && (
                <p>
                  <Countdown until={waiting.sendsAt} verb="The request is sent" passed="The request is being sent" />
                  <span>. Until then it can be undone.</span>
                </p>
              )}
              <p className="wrap-break-word">{receiptDetail(record, (iso) => formatOnDay(iso, record.requestedAt))}</p>
            </div>
            {record.contradiction !== null && (
              <Notice tone="warn">
                {`Vida answered after this return had been settled otherwise: “${record.contradiction}” Ask Vida where the number is now.`}
              </Notice>
            )}
            <Facts record={record} onOpenBatch={onOpenBatch} />
            <ReceiptNotes key={receiptId} record={record} />
            <Steps record={record} />
          </div>
          <ReceiptPrint record={record} />
          <ReceiptActions record={record} settle={settle} waiting={waiting} onUndo={held.undo} />
        </>
      ) : (
        <div className="px-5 py-6">
          <NotLoaded
            what="receipt"
            error={asked.error}
            busy={asked.isFetching}
            onRetry={asked.refetch}
            instead={<Button onClick={() => onShowAll()}>Show all returns</Button>}
          />
        </div>
      )}
    </SideDialog>
  )
}
