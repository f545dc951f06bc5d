'use client'

import { formatCount, plural } from '@/lib/client/format/format'
import type { InventoryModel } from './use-inventory'

/** `barAlone`: on a phone there is no room for its text. */
export function ReadingProgress({ model, barAlone }: { model: InventoryModel; barAlone: boolean }) {
  const { state, reading, retrying } = model
  const { accountsFound, accountsRead, accountsFailed } = state
  const done = accountsRead + accountsFailed
  if (!reading && !retrying) return null
  const known = reading && accountsFound > 0
  return (
    <span className="flex items-center gap-2">
      <progress
        aria-label="Reading accounts"
        className="meter w-full max-sm:absolute max-sm:inset-x-0 max-sm:-bottom-1.5 sm:w-40"
        {...(known && { value: done, max: accountsFound })}
      />
      <span className={`whitespace-nowrap ${barAlone ? 'max-sm:sr-only' : ''}`}>
        {known
          ? `${formatCount(done)} of ${plural(accountsFound, 'account')}`
          : retrying
            ? 'Reading again'
            : 'Looking for accounts'}
      </span>
    </span>
  )
}
