'use client'

import { CopyButton } from '@/components/ui/copy-button'
import { CustomerName } from '@/components/ui/customer-name'
import { formatAbroad } from '@/lib/client/format/format'
import type { Batch } from '@/lib/domain/batches/batch'
import { type BatchCustomer, countsOf } from '@/lib/domain/batches/customers'
import { customerText } from '@/lib/domain/batches/text'
import { countsSentence } from '@/lib/domain/batches/wording'
import { useFolded } from './use-folded'

interface RecapCustomersProps {
  batch: Batch
  customers: readonly BatchCustomer[]
}

export function RecapCustomers({ batch, customers }: RecapCustomersProps) {
  const { ref, limit, showAll } = useFolded(customers.length, 'customers')
  return (
    <div>
      <h3 className="font-semibold">For each customer</h3>
      <div ref={ref} tabIndex={-1}>
        <ul>
          {customers.slice(0, limit).map((customer) => (
            <li
              key={customer.id}
              className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line py-2 last:border-0"
            >
              <p className="min-w-0 basis-40 grow wrap-break-word">
                <CustomerName
                  id={customer.id}
                  name={customer.name}
                  className="max-sm:inline-flex max-sm:min-h-11 max-sm:items-center"
                />{' '}
                <span className="text-ink-3 tabular-nums">{customer.id}</span>
                <span className="block text-sm text-ink-2 tabular-nums">
                  {countsSentence({ counts: countsOf(customer.items) })}
                </span>
              </p>
              <CopyButton
                size="small"
                aria-label={`Copy for ${customer.name} ${customer.id}`}
                className="max-w-full shrink min-w-0 whitespace-normal! text-left"
                text={() => customerText(batch, customer, formatAbroad)}
                said={`Text for ${customer.name} copied.`}
              >
                {`Copy for ${customer.name}`}
              </CopyButton>
            </li>
          ))}
        </ul>
      </div>
      {showAll}
    </div>
  )
}
