'use client'

import { useId } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { SelectMatching } from '@/components/selection/select-matching'
import { Button } from '@/components/ui/button'
import { controlClass } from '@/components/ui/field'
import { Group } from '@/components/ui/group'
import { useHydrated } from '@/components/ui/hydration'
import { SearchField } from '@/components/ui/search-field'
import { inSlices } from '@/lib/client/fetch/in-slices'
import { formatCount, plural } from '@/lib/client/format/format'
import { preparedRows } from '@/lib/domain/inventory/search'
import { SORT_KEYS, type SortKey } from '@/lib/domain/inventory/sort'
import { rowsIn } from '@/lib/domain/inventory/unused'
import { chosenFilters } from '@/lib/domain/inventory/view'
import { ColumnsMenu } from './columns-menu'
import { ExportMenu } from './export-menu'
import { Filters } from './filters'
import { useNumbers, useShown } from './numbers-context'
import { useColumns } from './use-columns'
import type { FilterPanel } from './use-filter-panel'
import { ViewSentence } from './view-sentence'

const SORT_WORDING: Record<SortKey, string> = {
  organization: 'Organization',
  agent: 'Agent account',
  number: 'Number',
  country: 'Country',
  state: 'State',
  used: 'Last used',
  label: 'Label',
  provider: 'Provider',
  texts: 'Texts',
}

const tab =
  'inline-flex min-h-8 items-center gap-1.5 rounded-control px-2.5 font-medium text-ink-2 hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:shadow-sm max-sm:min-h-11 max-sm:grow max-sm:justify-center forced-colors:aria-pressed:outline-2'

function Count({ count }: { count: number | null | false }) {
  return (
    <span className="min-w-[1ch] text-ink-3 tabular-nums">{typeof count === 'number' ? formatCount(count) : ''}</span>
  )
}

function Views() {
  const { chosen, model } = useNumbers()
  const { params, setParams, choices, churn, unused, unusedCount } = chosen
  return (
    <Group label="View" className="flex rounded-[8px] bg-sunken p-0.5 max-sm:w-full">
      <button
        type="button"
        aria-pressed={params.view === null}
        onClick={() => setParams({ view: null })}
        className={tab}
      >
        All
      </button>
      <button
        type="button"
        aria-pressed={churn}
        onClick={() => setParams({ view: churn ? null : 'churn' })}
        className={tab}
      >
        <span>Churn queue</span>
        <Count count={model.counted && choices.churned} />
      </button>
      <button
        type="button"
        aria-pressed={unused}
        onClick={() => setParams({ view: unused ? null : 'unused' })}
        className={tab}
      >
        <span>Unused</span>
        <Count count={unusedCount} />
      </button>
    </Group>
  )
}

function Order() {
  const { params, setParams, churn, uses } = useNumbers().chosen
  if (churn) return null
  const keys = uses.size > 0 ? SORT_KEYS : SORT_KEYS.filter((key) => key !== 'used')
  return (
    <>
      <label className="flex items-center gap-2 sm:hidden">
        <span>Sort</span>
        <select
          value={params.sort}
          onChange={({ target }) =>
            setParams({ sort: SORT_KEYS.find((key) => key === target.value) ?? null, desc: null })
          }
          className={controlClass}
        >
          {keys.map((key) => (
            <option key={key} value={key}>
              {SORT_WORDING[key]}
            </option>
          ))}
        </select>
      </label>
      <label className="inline-flex min-h-8 items-center gap-2 sm:whitespace-nowrap max-sm:min-h-11">
        <input
          type="checkbox"
          checked={params.group}
          onChange={(event) => setParams({ group: event.target.checked || null })}
          className="size-4 accent-accent"
        />
        <span>
          <span>Group</span>
          <span className="sm:max-[96rem]:sr-only"> by organization</span>
        </span>
      </label>
    </>
  )
}

function ListActions() {
  const { params, uses, filtering, alone, rows, groups, allClosed, clearFilters, setAllClosed } = useShown()
  const { hidden } = useColumns(uses.size > 0)
  const isHidden = hidden.has(params.sort)
  return (
    <>
      {filtering && !alone && rows.length > 0 && (
        <Button variant="ghost" data-focus-next="search" onClick={() => clearFilters()} className="max-sm:px-2!">
          Clear filters
        </Button>
      )}
      {groups && groups.length > 1 && (
        <Button variant="ghost" onClick={() => setAllClosed(!allClosed)} className="max-sm:px-2!">
          {allClosed ? 'Expand all' : 'Collapse all'}
        </Button>
      )}
      {/* The heading that shows the sort order may be hidden. */}
      {!groups && isHidden && (
        <span className="px-3 text-sm text-ink-3 max-sm:hidden">
          {`Sorted by ${SORT_WORDING[params.sort].toLowerCase()}`}
        </span>
      )}
    </>
  )
}

/** What is done with the list as a whole. */
export function ListTools() {
  const { canReturn } = useAccount()
  const { model, marks, selection } = useNumbers()
  const view = useShown()
  const hydrated = useHydrated()
  return (
    <div className="mb-1 flex min-h-8 flex-wrap items-center gap-x-1 max-sm:-ml-2 max-sm:min-h-11">
      {canReturn && hydrated && <SelectMatching model={model} view={view} marks={marks} selection={selection} />}
      {hydrated && <ListActions />}
      {view.params.view !== null && !view.alone && <ViewSentence view={view} />}
    </div>
  )
}

/** Tells the style sheet how high the tools are: the table's header stays below them. */
function tellHeight(tools: HTMLDivElement) {
  const { style } = document.documentElement
  const observer = new ResizeObserver(() => style.setProperty('--tools', `${tools.offsetHeight}px`))
  observer.observe(tools)
  return () => {
    observer.disconnect()
    style.removeProperty('--tools')
  }
}

function Search() {
  const { inventory } = useNumbers().model
  const { params, setParams } = useShown()
  return (
    <SearchField
      label="Search numbers"
      placeholder="Number, name or id"
      value={params.q}
      onSearch={(q) => setParams({ q })}
      onFocus={() => void inSlices(preparedRows(rowsIn(inventory)))}
      className="basis-36 sm:min-w-48 sm:basis-48"
    />
  )
}

function ShownCount() {
  // An element of its own, as in `Button`.
  return <span>{`Show ${plural(useShown().rows.length, 'number')}`}</span>
}

/** On a phone the filters are a sheet. */
export function Toolbar({ panel }: { panel: FilterPanel }) {
  const { params } = useNumbers().chosen
  const used = chosenFilters(params) + Number(params.view !== null)
  const id = useId()
  return (
    <div
      ref={tellHeight}
      className="z-20 flex flex-wrap items-center gap-1.5 bg-canvas pb-1.5 sm:-mt-2 sm:pt-2 sm:sticky sm:top-(--tools-top)"
    >
      <search className="contents">
        <Search />
        <Button
          popoverTarget={id}
          aria-expanded={panel.open}
          className="max-sm:px-3! sm:hidden"
        >{`Filters${used > 0 ? ` (${used})` : ''}`}</Button>
        <div
          ref={panel.sheet}
          id={id}
          popover="auto"
          onToggle={({ newState, target, currentTarget }) => {
            if (target === currentTarget) panel.setOpen(newState === 'open')
          }}
          className="popover sheet gap-3 border-line bg-surface p-4 text-base text-ink shadow-lift max-sm:pb-[max(1rem,env(safe-area-inset-bottom))] sm:contents sm:text-base"
        >
          <Views />
          <Filters panel={panel} />
          <Order />
          <Button variant="primary" popoverTarget={id} popoverTargetAction="hide" className="sm:hidden">
            <ShownCount />
          </Button>
        </div>
      </search>
      <ColumnsMenu />
      <ExportMenu />
    </div>
  )
}
