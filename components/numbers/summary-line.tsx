'use client'

import { formatCount, plural } from '../ui/format'
import { useHydrated } from '../ui/hooks'
import { AsOf } from './as-of'
import type { InventoryModel } from './use-inventory'

function sentence({ state, inventory, reading, waiting, asOf }: InventoryModel): string {
  if (waiting) return 'Reading the list from Vida'
  if (state.complete) return `${plural(inventory.total, 'number')} in ${plural(state.accountsRead, 'account')}`
  if (reading)
    return asOf
      ? `${plural(inventory.total, 'number')}, being read again`
      : `${plural(inventory.total, 'number')} so far`
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

/** One line: how much is known, since when, and how far reading is. Its height never changes. */
export function SummaryLine({ model, shown, narrowed }: { model: InventoryModel; shown: number; narrowed: boolean }) {
  const hydrated = useHydrated()
  return (
    <div className="mt-1 mb-4 flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-ink-2 tabular-nums max-sm:min-h-12 max-sm:content-start max-sm:mb-2">
      {hydrated && (
        <>
          <span>
            {sentence(model)}
            {narrowed && !model.waiting && <span className="text-ink-3"> · {formatCount(shown)} shown</span>}
          </span>
          {model.asOf && <AsOf iso={model.asOf} />}
          <ReadingProgress model={model} />
        </>
      )}
    </div>
  )
}
