'use client'

import type { ReturnRecord } from '@/lib/returns/record'
import { useAnnounce } from '../shell/announcer'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Dialog, DialogActions } from '../ui/dialog'
import { formatExactly, plural } from '../ui/format'
import { useNow } from '../ui/hooks'
import { OutcomeBadge } from './outcome-badge'
import { eventSentence, receiptSentence, receiptText, whyNotMarkable } from './receipt-words'
import type { Settle } from './use-settle'

function Facts({ record }: { record: ReturnRecord }) {
  const { requestedBy } = record
  const facts: [string, string | null][] = [
    ['Agent account', record.accountName && `${record.accountName} (${record.accountId})`],
    ['Organization', record.organizationName],
    ['Requested', formatExactly(record.requestedAt)],
    ['By', `${requestedBy.name}, ${requestedBy.role}`],
    ['Note', record.note],
    ['Receipt', record.receiptId],
  ]
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className="wrap-break-word tabular-nums">{value ?? '–'}</dd>
        </div>
      ))}
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
              {formatExactly(event.at)}
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
  const announce = useAnnounce()
  const why = whyNotMarkable(record, useNow())
  const unknown = record.outcome === 'unknown'
  return (
    <>
      {unknown && why && (
        <p id="why-not-markable" className="px-5 pt-4 text-sm text-ink-3">
          Mark not returned: {why}
        </p>
      )}
      <DialogActions>
        <CopyButton
          className="sm:mr-auto"
          text={() => receiptText(record, formatExactly)}
          onCopied={(ok) =>
            announce(ok ? 'Receipt copied as text.' : 'The browser did not allow copying.', ok ? 'result' : 'failure')
          }
        >
          Copy as text
        </CopyButton>
        {unknown && (
          <>
            <Button
              blocked={why !== null}
              busy={mark.isPending}
              aria-describedby={why ? 'why-not-markable' : undefined}
              onClick={() => mark.mutate(record.receiptId)}
            >
              Mark not returned
            </Button>
            <Button look="primary" busy={check.isPending} onClick={() => check.mutate(record.receiptId)}>
              Check again
            </Button>
          </>
        )}
      </DialogActions>
    </>
  )
}

interface ReceiptDrawerProps {
  receiptId: string | null
  /** null while it is not among the pages read so far. */
  record: ReturnRecord | null
  loading: boolean
  settle: Settle
  onClose: () => void
}

/** One return: what is known, how, and since when. */
export function ReceiptDrawer({ receiptId, record, loading, settle, onClose }: ReceiptDrawerProps) {
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
              <p className="wrap-break-word">{receiptSentence(record, formatExactly)}</p>
            </div>
            <Facts record={record} />
            <Story record={record} />
          </div>
          <Actions record={record} settle={settle} />
        </>
      ) : (
        <p className="px-5 py-6 text-ink-2">
          {loading
            ? 'Reading the receipt'
            : 'This receipt is not in the list as it is filtered and loaded. Clear the filters, or load more.'}
        </p>
      )}
    </Dialog>
  )
}
