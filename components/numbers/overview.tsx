'use client'

import { useId, useMemo } from 'react'
import type { InventoryModel } from '@/components/inventory/use-inventory'
import { STATE_WORDING } from '@/components/inventory/wording'
import { IconButton } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/hydration'
import { Icon } from '@/components/ui/icon'
import { formatCount, formatCountry, plural } from '@/lib/client/format/format'
import { overviewOf } from '@/lib/domain/inventory/overview'
import { isChurnedState, type NumberRow } from '@/lib/domain/inventory/rows'
import { isChurned } from '@/lib/domain/inventory/view'
import { toggled } from '@/lib/domain/inventory/view-params'
import { useNumbers } from './numbers-context'
import { Bars, BarsSkeleton, partClass } from './overview-bars'
import { QueueChange } from './queue-change'
import type { FilterPanel } from './use-filter-panel'
import { useFold } from './use-fold'

function completeness({ inventory, state, reading, asOf }: InventoryModel): { text: string; missing: boolean } {
  if (state.complete) return { text: ' in all', missing: false }
  if (!reading) {
    const { total, totalRead } = inventory
    if (state.accountsRead === 0) return { text: ', read before', missing: true }
    return { text: totalRead < total ? `, ${formatCount(totalRead)} read now` : ' read, incomplete', missing: true }
  }
  return { text: asOf ? ', reading again' : ' so far', missing: false }
}

interface OverviewProps {
  storedFolded: boolean
  onOthers: FilterPanel['openMenu']
}

export function Overview({ storedFolded, onOthers }: OverviewProps) {
  const { model, chosen } = useNumbers()
  const { inventory } = model
  const { setParams, churn, unused, judge } = chosen
  const { state, country, org } = chosen.params
  const id = useId()
  const { folded, openOnPhone, phone, open, toggle } = useFold(storedFolded)
  const ready = useHydrated() && !model.waiting
  const overview = useMemo(() => {
    const among = churn ? isChurned : unused ? (row: NumberRow) => judge(row) === 'unused' : null
    return overviewOf(inventory, { among, state, country, org })
  }, [inventory, churn, unused, judge, state, country, org])
  const { text, missing } = completeness(model)
  const by = (kind: string) => (churn ? `Churn queue by ${kind}` : unused ? `Unused by ${kind}` : `By ${kind}`)
  const openQueue = () => {
    // No active number is in the queue: with such a filter it would look empty.
    void setParams(churn ? { view: null } : { view: 'churn', state: state.filter(isChurnedState) })
  }
  // The style sheet knows how wide the window is before any script does.
  const shown = `${folded ? 'sm:hidden' : ''} ${openOnPhone ? '' : 'max-sm:hidden'}`
  return (
    <section aria-labelledby={id} className="@container mb-3 rounded-panel border border-line bg-surface max-sm:mb-2">
      <h2 id={id} className="sr-only">
        Overview
      </h2>
      <div
        className={`grid grid-cols-[minmax(0,1fr)_auto] gap-x-1 gap-y-2 p-2 max-sm:p-0 sm:gap-x-4 ${folded ? '' : '@min-[58rem]:grid-cols-[13rem_minmax(0,1fr)_auto]'}`}
      >
        <div className="flex min-h-9 min-w-0 flex-wrap content-start items-baseline max-sm:min-h-11">
          {ready && (
            <>
              <button
                type="button"
                aria-pressed={churn}
                onClick={openQueue}
                className={`px-2 py-1 max-sm:min-h-11 max-sm:px-3 ${partClass}`}
              >
                <span className="sr-only">{`${plural(overview.churned, 'number')} in the churn queue, filter`}</span>
                <span aria-hidden="true">
                  <span className="font-semibold text-lg tabular-nums sm:text-xl">
                    {plural(overview.churned, 'number')}
                  </span>{' '}
                  <span className="inline-block max-sm:text-sm">in the churn queue</span>
                </span>
              </button>
              <QueueChange />
              <p
                className={`px-2 text-sm tabular-nums max-sm:px-3 ${openOnPhone ? '' : 'max-sm:sr-only'} ${missing ? 'font-medium text-warn' : 'text-ink-3'}`}
              >
                <span>{`of ${plural(overview.total, 'number')}${text}`}</span>
                {!folded && (
                  <span className="text-ink-3">. The queue lists numbers of inactive or cancelled customers.</span>
                )}
              </p>
            </>
          )}
        </div>
        <IconButton
          label="Overview"
          size="small"
          aria-expanded={open}
          aria-controls={`${id}bars`}
          onClick={toggle}
          className={`self-start sm:mt-1 ${folded ? '' : '@min-[58rem]:col-start-3 @min-[58rem]:row-start-1'}`}
        >
          <Icon name="chevron" className={`size-4 ${open ? '-rotate-90' : 'rotate-90'}`} />
        </IconButton>
        <div
          id={`${id}bars`}
          className={`col-span-2 grid gap-x-4 gap-y-3 @min-[36rem]:grid-cols-3 @min-[58rem]:col-span-1 @min-[58rem]:col-start-2 @min-[58rem]:row-start-1 ${shown}`}
        >
          {ready && (open || !phone) ? (
            <>
              <Bars
                title={by('account state')}
                many="states"
                parts={overview.states}
                labelOf={({ value }) => STATE_WORDING[value]}
                pressed={state}
                onPress={(value) => setParams({ state: toggled(state, value) })}
              />
              <Bars
                title={by('country')}
                many="countries"
                parts={overview.countries.shown}
                rest={overview.countries}
                onOthers={() => onOthers('country')}
                labelOf={({ value }) => formatCountry(value)}
                pressed={country}
                onPress={(value) => setParams({ country: toggled(country, value) })}
              />
              <Bars
                title={by('organization')}
                many="organizations"
                parts={overview.customers.shown}
                rest={overview.customers}
                onOthers={() => onOthers('organization')}
                labelOf={({ name }) => name}
                pressed={org}
                onPress={(value) => setParams({ org: toggled(org, value) })}
              />
            </>
          ) : (
            <>
              <BarsSkeleton />
              <BarsSkeleton />
              <BarsSkeleton />
            </>
          )}
        </div>
      </div>
    </section>
  )
}
