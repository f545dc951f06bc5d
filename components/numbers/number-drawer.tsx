'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import type { NumberRow } from '@/lib/inventory/rows'
import { returnsQuery } from '@/lib/returns/query'
import { OutcomeBadge } from '../returns/outcome-badge'
import { rowsOfNumber } from '../returns/target'
import { useAnnounce } from '../shell/announcer'
import { AppLink } from '../ui/app-link'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Dialog, DialogActions } from '../ui/dialog'
import { formatCountry, formatMoment, plural } from '../ui/format'
import { Notice } from '../ui/notice'
import { StateMark } from './state-mark'
import type { InventoryModel } from './use-inventory'

const MOST_OTHERS = 50

function Facts({ row }: { row: NumberRow }) {
  const { holder } = row
  const facts: [string, string | null][] = [
    ['National form', row.national],
    ['Country', row.country && formatCountry(row.country)],
    ['Agent account', `${holder.name} (${holder.id})`],
    ['Organization', holder.organizationName && `${holder.organizationName} (${holder.organizationId})`],
    ['Label', row.label],
    ['Provider', row.provider],
    ['SMS', row.sms === null ? null : row.sms ? 'yes' : 'no'],
    ['Reason given', holder.canceledReason],
  ]
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className="wrap-break-word tabular-nums">{value ?? '–'}</dd>
        </div>
      ))}
      <dt className="text-ink-3">State</dt>
      <dd>
        <StateMark row={row} />
      </dd>
    </dl>
  )
}

function OtherNumbers({ row, model, onOpen }: { row: NumberRow; model: InventoryModel; onOpen: (to: string) => void }) {
  const held = model.inventory.accounts.find(({ holder }) => holder.id === row.holder.id)
  const others = held?.rows.filter(({ number }) => number !== row.number) ?? []
  return (
    <section aria-label="This account’s other numbers" className="grid gap-2 border-t border-line pt-4">
      <p className="text-ink-3">
        {others.length > 0
          ? `${row.holder.name} also holds ${plural(others.length, 'number')}`
          : `${row.holder.name} holds no other`}
      </p>
      <ul className="flex flex-wrap gap-x-3 gap-y-1">
        {others.slice(0, MOST_OTHERS).map(({ number }) => (
          <li key={number}>
            <button
              type="button"
              onClick={() => onOpen(number)}
              className="rounded-control tabular-nums underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:min-h-11"
            >
              {number}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function PastReturns({ number }: { number: string }) {
  const { data, error } = useInfiniteQuery(returnsQuery({ search: number, outcomes: [], from: '', to: '' }))
  const records = data?.pages[0]?.returns.filter((record) => record.number === number) ?? []
  if (error)
    return <p className="border-t border-line pt-4 text-warn">Its returns could not be read. {error.message}</p>
  return (
    <section aria-label="Its returns" className="grid gap-2 border-t border-line pt-4">
      <p className="text-ink-3">
        {records.length > 0 ? 'Returned from here before' : data ? 'Never returned from here' : ' '}
      </p>
      <ul className="grid gap-1.5">
        {records.map((record) => (
          <li key={record.receiptId} className="flex items-center gap-2">
            <OutcomeBadge outcome={record.outcome} />
            <AppLink
              href={`/history?receipt=${encodeURIComponent(record.receiptId)}`}
              className="tabular-nums underline decoration-line decoration-2 underline-offset-4"
            >
              {formatMoment(record.requestedAt)}
            </AppLink>
            <span className="truncate text-ink-3">{record.accountName}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface NumberDrawerProps {
  /** E.164; null: closed. */
  number: string | null
  model: InventoryModel
  onOpen: (number: string) => void
  onClose: () => void
  /** null: this token may not return. */
  onReturn: ((row: NumberRow) => void) | null
  onCloseAutoFocus: (event: Event) => void
}

/** Everything known about one number. */
export function NumberDrawer({ number, model, onOpen, onClose, onReturn, onCloseAutoFocus }: NumberDrawerProps) {
  const announce = useAnnounce()
  const rows = number ? rowsOfNumber(model.inventory, number) : []
  const [row] = rows
  return (
    <Dialog open={number !== null} onClose={onClose} title={number ?? ''} side onCloseAutoFocus={onCloseAutoFocus}>
      <div className="grid grow content-start gap-4 px-5 pt-3">
        {rows.length > 1 && (
          <Notice tone="warn">
            Vida lists this number in {plural(rows.length, 'account')}. It can’t be returned until it is in one.
          </Notice>
        )}
        {rows.map((each) => (
          <Facts key={each.key} row={each} />
        ))}
        {!row && (
          <p className="text-ink-2">
            The list does not show this number{model.state.complete ? '.' : '; it is not read completely.'}
          </p>
        )}
        {rows.length === 1 && row && <OtherNumbers row={row} model={model} onOpen={onOpen} />}
        {number && <PastReturns number={number} />}
      </div>
      <DialogActions>
        {number && (
          <CopyButton
            className="sm:mr-auto"
            text={() => number}
            onCopied={(ok) =>
              announce(ok ? `${number} copied.` : 'The browser did not allow copying.', ok ? 'result' : 'failure')
            }
          >
            Copy number
          </CopyButton>
        )}
        {onReturn && rows.length === 1 && row && (
          <Button look="danger-quiet" aria-label={`Return ${row.number}`} onClick={() => onReturn(row)}>
            Return…
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}
