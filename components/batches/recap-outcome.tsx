'use client'

import { useId } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { formatCount } from '@/lib/client/format/format'
import type { BatchItem, BatchItemOutcome } from '@/lib/domain/batches/batch'
import { type Choice, countOf, leftOutWording } from '@/lib/domain/batches/choice'
import { customersOf } from '@/lib/domain/batches/customers'
import { whyNotReturned } from '@/lib/domain/batches/text'
import { ITEM_WORDING } from '@/lib/domain/batches/wording'
import { confirmedWording } from '@/lib/domain/returns/wording'
import { useFolded } from './use-folded'

const RETRYABLE: readonly BatchItemOutcome[] = ['refused', 'unknown', 'not_returned', 'not_sent']

const RECEIPT =
  'rounded-control tabular-nums underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:inline-flex max-sm:min-h-11 max-sm:items-center'

interface RecapOutcomeProps {
  outcome: BatchItemOutcome
  items: readonly BatchItem[]
  choice: (items: readonly BatchItem[]) => Choice
  onSelect: (choice: Choice) => void
  /** null: the receipt is on another page. */
  onReceipt: ((receiptId: string) => void) | null
}

export function RecapOutcome({ outcome, items, choice, onSelect, onReceipt }: RecapOutcomeProps) {
  const { canReturn } = useAccount()
  const label = ITEM_WORDING[outcome]
  const { ref, limit, showAll } = useFolded(items.length, label.toLowerCase())
  const counts = new Map(customersOf(items).map(({ id, items: { length } }) => [id, length]))
  return (
    <section aria-label={label}>
      <div className="flex items-start justify-between gap-2">
        <h3 className="font-semibold">{`${label} (${formatCount(items.length)})`}</h3>
        {canReturn && RETRYABLE.includes(outcome) && <SelectThese choice={choice(items)} onSelect={onSelect} />}
      </div>
      <div ref={ref} tabIndex={-1}>
        {customersOf(items.slice(0, limit)).map((customer) => (
          <div key={customer.id} className="mt-2">
            <h4 className="text-ink-2">
              <bdi translate="no">{customer.name}</bdi>{' '}
              <span className="text-ink-3 tabular-nums">
                {`${customer.id} (${formatCount(counts.get(customer.id) ?? 0)})`}
              </span>
            </h4>
            <ul>
              {customer.items.map((item) => (
                <li key={item.number} className="border-b border-line py-1 last:border-0">
                  <Line item={item} onReceipt={onReceipt} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      {showAll}
    </section>
  )
}

function Line({ item, onReceipt }: { item: BatchItem; onReceipt: RecapOutcomeProps['onReceipt'] }) {
  const { number, accountName, accountId, receiptId } = item
  const why = whyNotReturned(item)
  const name = `Receipt for ${number}`
  return (
    <>
      {receiptId === null ? (
        <span translate="no" className="tabular-nums">
          {number}
        </span>
      ) : onReceipt ? (
        <button type="button" aria-label={name} onClick={() => onReceipt(receiptId)} className={RECEIPT}>
          {number}
        </button>
      ) : (
        <AppLink href={`/history?receipt=${encodeURIComponent(receiptId)}`} aria-label={name} className={RECEIPT}>
          {number}
        </AppLink>
      )}{' '}
      <span translate="no" className="text-ink-2">
        {accountName ?? `Account ${accountId}`}
      </span>{' '}
      <span className="text-sm text-ink-3">{confirmedWording(item)}</span>
      {why && <p className="text-sm wrap-break-word text-ink-2">{why}</p>}
    </>
  )
}

function SelectThese({ choice, onSelect }: { choice: Choice; onSelect: (choice: Choice) => void }) {
  const id = useId()
  const { items } = choice
  const left = leftOutWording(choice)
  const some = left !== '' && items.length > 0
  return (
    <div className="text-right">
      <Button
        size="small"
        blocked={items.length === 0}
        aria-describedby={left ? id : undefined}
        onClick={() => onSelect(choice)}
      >
        {some ? `Select ${formatCount(items.length)} of ${formatCount(countOf(choice))}` : 'Select these'}
      </Button>
      {left && (
        <p id={id} className="text-sm text-ink-2">
          {left}
        </p>
      )}
    </div>
  )
}
