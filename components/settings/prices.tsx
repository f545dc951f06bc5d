'use client'

import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useHydrated } from '@/components/ui/hydration'
import { Notice } from '@/components/ui/notice'
import { isSignedOut } from '@/lib/client/fetch/api'
import { settingsQuery } from '@/lib/client/queries/settings'
import { PricesForm } from './prices-form'

/** What a number costs a month, set once for the account. */
export function PriceSettings({ accountName }: { accountName: string }) {
  const heading = useId()
  const hydrated = useHydrated()
  const { data, error } = useQuery({ ...settingsQuery, refetchOnWindowFocus: false })
  return (
    <section aria-labelledby={heading} className="rounded-panel border border-line bg-surface p-4">
      <h2 id={heading} className="text-lg font-semibold">
        What a number costs
      </h2>
      <p className="mt-1 max-w-prose text-ink-2">
        <span>
          {
            'Vida gives no price. If you enter one, the churn queue and Unused show what their numbers cost a month. It applies to everybody who signs in to '
          }
        </span>
        <span translate="no">{accountName}</span>
        <span>.</span>
      </p>
      <div className="mt-3 min-h-40">
        {error && !isSignedOut(error) && (
          <Notice tone="warn" alert>
            <p>{error.message}</p>
          </Notice>
        )}
        {hydrated && data && <PricesForm prices={data.prices} />}
      </div>
    </section>
  )
}
