'use client'

import type { ReactNode } from 'react'
import { AsOf } from '@/components/inventory/as-of'
import { countSentence } from '@/components/inventory/count-sentence'
import { ReadingProgress } from '@/components/inventory/reading-progress'
import { StateMark } from '@/components/inventory/state-mark'
import type { InventoryModel } from '@/components/inventory/use-inventory'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/hydration'
import { formatAge } from '@/lib/client/format/format'
import type { Customer } from '@/lib/domain/inventory/customer'

interface CustomerHeadingProps {
  id: string
  name: string | null
  /** null: no account of it is known. */
  customer: Customer | null
  model: InventoryModel
  now: number
  children: ReactNode
}

function CustomerState({ customer, now }: { customer: Customer; now: number }) {
  const { state, endsAt, accounts } = customer
  const [first] = accounts
  if (!first) return null
  return (
    <span className="flex flex-wrap items-baseline gap-x-1">
      <StateMark row={{ state, endsAt, account: { ...first.account, canceledReason: null } }} />
      {state === 'cancelled' && endsAt && <span className="text-ink-3">{`(${formatAge(endsAt, now)})`}</span>}
    </span>
  )
}

export function CustomerHeading({ id, name, customer, model, now, children }: CustomerHeadingProps) {
  const hydrated = useHydrated()
  const counted = countSentence(model, customer?.rows.length ?? 0, customer?.accounts.length ?? 0)
  return (
    <div className="relative mb-4 flex flex-wrap items-center gap-x-2 gap-y-1">
      <h1 className="mr-auto min-w-0 text-2xl font-semibold tracking-tight wrap-anywhere">
        {name === null ? <span>{`Customer ${id}`}</span> : <bdi translate="no">{name}</bdi>}
      </h1>
      <div className="flex flex-wrap items-center gap-2 max-sm:order-last max-sm:mt-1 max-sm:w-full max-sm:*:grow max-sm:*:px-2!">
        {customer && (
          <AppLink href={`/numbers?org=${encodeURIComponent(id)}`} className={buttonClass()}>
            Show in Numbers
          </AppLink>
        )}
        {children}
      </div>
      <div className="flex min-h-6 basis-full flex-wrap items-center gap-x-3 gap-y-1 text-ink-2 tabular-nums">
        {name !== null && <span className="text-ink-3">{`Customer ${id}`}</span>}
        {customer && <CustomerState customer={customer} now={now} />}
        {hydrated && (
          <>
            {(customer || model.waiting) && <span>{counted.join('')}</span>}
            {model.asOf && <AsOf iso={model.asOf} />}
            <ReadingProgress model={model} barAlone={false} />
          </>
        )}
      </div>
    </div>
  )
}
