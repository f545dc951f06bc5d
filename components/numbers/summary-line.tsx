'use client'

import type { InventoryModel } from '@/components/inventory/use-inventory'
import { AppLink } from '@/components/ui/app-link'
import { useNow } from '@/components/ui/hooks'
import { useHydrated } from '@/components/ui/hydration'
import { formatCount, plural } from '@/lib/client/format/format'
import { AsOf, isStale } from './as-of'
import { ChangesMenu } from './changes-menu'
import { useNumbers } from './numbers-context'

/** How much is known, and what is left out on a phone without room. */
function sentence({ state, inventory, reading, waiting, asOf }: InventoryModel): [text: string, more: string] {
  // Without a number: the first use of Intl would delay the first paint.
  if (waiting) return ['Reading the list from Vida', '']
  const numbers = plural(inventory.total, 'number')
  if (state.complete) return [numbers, ` in ${plural(state.accountsRead, 'account')}`]
  if (reading) return [numbers, asOf ? ', reading again' : ' so far']
  return [asOf || inventory.total > 0 ? `${numbers} shown` : 'Nothing could be read', '']
}

/** `barAlone`: on a phone there is no room for its text. */
function ReadingProgress({ model, barAlone }: { model: InventoryModel; barAlone: boolean }) {
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

export function SummaryLine() {
  const { model, view, marks } = useNumbers()
  const { unknownCount } = marks
  const narrowed = view.filtering || view.churn || view.alone
  const hydrated = useHydrated()
  const now = useNow()
  const [text, more] = sentence(model)
  const { asOf } = model
  const full = narrowed || model.reading || (asOf !== null && isStale(asOf, now))
  return (
    <div className="mt-1 mb-4 flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-ink-2 tabular-nums max-sm:mb-2">
      {hydrated && (
        <>
          <span>
            <span>{text}</span>
            <span className={full ? 'max-sm:sr-only' : ''}>{more}</span>
            {narrowed && !model.waiting && (
              <span className="text-ink-3">{` · ${formatCount(view.rows.length)} shown`}</span>
            )}
          </span>
          {asOf && (
            <span className={model.reading ? 'max-sm:sr-only' : ''}>
              <AsOf iso={asOf} />
            </span>
          )}
          <ReadingProgress model={model} barAlone={narrowed || model.waiting} />
          <span className="sm:contents max-sm:absolute max-sm:top-0 max-sm:right-13 max-sm:left-31 max-sm:flex max-sm:h-11 max-sm:items-center max-sm:justify-end max-sm:text-sm">
            {model.changed > 0 && <ChangesMenu model={model} view={view} />}
            {unknownCount > 0 && (
              <AppLink
                href="/history?outcome=unknown"
                className="rounded-control font-medium text-warn underline underline-offset-2 max-sm:flex max-sm:h-11 max-sm:items-center max-sm:leading-4"
              >
                <span>
                  <span>{plural(unknownCount, 'return')}</span>
                  <span className="max-sm:sr-only"> with an</span>
                  <span>{' unknown'}</span>
                  <span className="max-sm:sr-only"> outcome</span>
                </span>
              </AppLink>
            )}
          </span>
        </>
      )}
    </div>
  )
}
