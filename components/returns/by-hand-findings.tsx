import { AppLink } from '@/components/ui/app-link'
import { NameWithId } from '@/components/ui/name-with-id'
import { Notice } from '@/components/ui/notice'
import { formatMoment } from '@/lib/client/format/format'
import type { InventoryState } from '@/lib/domain/inventory/state'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { OutcomeBadge } from './outcome-badge'
import { receiptDetail } from './receipt-wording'
import type { Checked } from './use-by-hand'

interface FindingsProps {
  checked: Checked
  listed: boolean
  state: Pick<InventoryState, 'complete' | 'readAt'>
  reading: boolean
}

function unlistedSentence(number: string, { complete, readAt }: FindingsProps['state'], reading: boolean): string {
  if (complete && readAt) return `No account holds ${number}. The list is complete, as of ${formatMoment(readAt)}.`
  const why = reading ? 'the list is still being read' : 'the list is not complete'
  return `It is not known whether an account holds ${number}: ${why}.`
}

function EarlierReturn({ record }: { record: ReturnRecord }) {
  return (
    <section
      aria-label="Its last return"
      className="grid gap-1.5 rounded-panel border border-line bg-canvas px-4 py-3 @max-[16rem]:px-2"
    >
      <p className="font-medium">{`${record.number} was returned from here before.`}</p>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 tabular-nums">
        <OutcomeBadge outcome={record.outcome} />
        <span>{formatMoment(record.requestedAt)}</span>
        <span className="text-ink-3">
          {record.accountId === null ? (
            'By hand, no account known'
          ) : (
            <NameWithId name={record.accountName} id={record.accountId} />
          )}
        </span>
      </p>
      <p className="wrap-break-word text-ink-2">{receiptDetail(record, formatMoment)}</p>
      {record.reason && <p className="wrap-break-word text-ink-2">{`Reason: ${record.reason}`}</p>}
      {record.note && <p className="wrap-break-word text-ink-2">{`Note: ${record.note}`}</p>}
      <p>
        <AppLink
          href={`/history?receipt=${encodeURIComponent(record.receiptId)}`}
          className="rounded-control underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:inline-flex max-sm:min-h-11 max-sm:items-center"
        >
          Open receipt
        </AppLink>
      </p>
    </section>
  )
}

export function ByHandFindings({ checked, listed, state, reading }: FindingsProps) {
  const { number, earlier, unread } = checked
  return (
    <>
      {!listed && (
        <Notice tone="warn" alert>
          {unlistedSentence(number, state, reading)}
        </Notice>
      )}
      {earlier && <EarlierReturn record={earlier} />}
      {unread && (
        <Notice tone="warn" alert>
          {`Whether it was returned from here before could not be read. ${unread}`}
        </Notice>
      )}
    </>
  )
}
