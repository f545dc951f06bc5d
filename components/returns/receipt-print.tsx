'use client'

import { Printed } from '@/components/inventory/printed'
import { formatAbroad } from '@/lib/client/format/format'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { receiptFacts, receiptTitle } from './customer-receipt'

/** One page for the customer: what *Copy as text* says, so without the note and Vida's messages. */
export function ReceiptPrint({ record }: { record: ReturnRecord }) {
  const paper = () => ({
    title: receiptTitle(record),
    about: [`Requested by ${record.requestedBy.name}, ${record.requestedBy.role}`],
    content: (
      <dl className="mt-6 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        {receiptFacts(record, formatAbroad).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd dir="auto" className="wrap-anywhere tabular-nums">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    ),
  })
  return <Printed paper={paper} />
}
