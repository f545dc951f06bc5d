'use client'

import { AsOf, isStale } from '@/components/inventory/as-of'
import { countSentence } from '@/components/inventory/count-sentence'
import { ReadingProgress } from '@/components/inventory/reading-progress'
import { AppLink } from '@/components/ui/app-link'
import { useNow } from '@/components/ui/hooks'
import { useHydrated } from '@/components/ui/hydration'
import { formatCount, plural } from '@/lib/client/format/format'
import { ChangesMenu } from './changes-menu'
import { useNumbers } from './numbers-context'

export function SummaryLine() {
  const { model, view, marks } = useNumbers()
  const { unknownCount } = marks
  const narrowed = view.filtering || view.churn || view.alone
  const hydrated = useHydrated()
  const now = useNow()
  const [text, more] = countSentence(model, model.inventory.total, model.state.accountsRead)
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
