'use client'

import { AppLink } from '../ui/app-link'
import { formatCount, plural } from '../ui/format'
import { useHydrated } from '../ui/hydration'
import { AsOf } from './as-of'
import { ChangesMenu } from './changes-menu'
import type { InventoryModel } from './use-inventory'
import type { ViewModel } from './use-view'

function sentence({ state, inventory, reading, waiting, asOf }: InventoryModel): string {
  if (waiting) return 'Reading the list from Vida'
  if (state.complete) return `${plural(inventory.total, 'number')} in ${plural(state.accountsRead, 'account')}`
  if (reading)
    return asOf ? `${plural(inventory.total, 'number')}, reading again` : `${plural(inventory.total, 'number')} so far`
  return asOf || inventory.total > 0 ? `${plural(inventory.total, 'number')} shown` : 'Nothing could be read'
}

function ReadingProgress({ model: { state, reading, retrying } }: { model: InventoryModel }) {
  const { accountsFound, accountsRead, accountsFailed } = state
  const done = accountsRead + accountsFailed
  if (!reading && !retrying) return null
  const known = reading && accountsFound > 0
  return (
    <span className="flex items-center gap-2">
      <progress
        aria-label="Reading accounts"
        className="meter w-28 sm:w-40"
        {...(known && { value: done, max: accountsFound })}
      />
      <span className="whitespace-nowrap">
        {known
          ? `${formatCount(done)} of ${plural(accountsFound, 'account')}`
          : retrying
            ? 'Reading again'
            : 'Looking for accounts'}
      </span>
    </span>
  )
}

interface SummaryLineProps {
  model: InventoryModel
  view: ViewModel
  /** Returns of which nobody knows whether Vida did them. */
  unknownCount: number
}

/** One line: how much is known, since when, how far reading is, and what is odd. Nothing in it moves the page. */
export function SummaryLine({ model, view, unknownCount }: SummaryLineProps) {
  const narrowed = view.filtering || view.churn
  const hydrated = useHydrated()
  return (
    <div className="mt-1 mb-4 flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-ink-2 tabular-nums max-sm:min-h-12 max-sm:content-start max-sm:mb-2">
      {hydrated && (
        <>
          <span>
            {sentence(model)}
            {narrowed && !model.waiting && <span className="text-ink-3"> · {formatCount(view.rows.length)} shown</span>}
          </span>
          {model.asOf && <AsOf iso={model.asOf} />}
          <ReadingProgress model={model} />
          {/* On a phone there is room for one of them beside the count. */}
          <span className={`contents ${model.reading ? 'max-sm:hidden' : ''}`}>
            {model.changed > 0 && <ChangesMenu model={model} view={view} />}
            {unknownCount > 0 && (
              <AppLink
                href="/history?outcome=unknown"
                className="rounded-control font-medium text-warn underline underline-offset-2 max-sm:-my-3 max-sm:py-3"
              >
                {plural(unknownCount, 'return')} with an unknown outcome
              </AppLink>
            )}
          </span>
        </>
      )}
    </div>
  )
}
