'use client'

import { useState } from 'react'
import { SORT_KEYS, type SortKey } from '@/lib/inventory/view'
import { Button } from '../ui/button'
import { controlClass, Select } from '../ui/field'
import { formatCount, formatCountry } from '../ui/format'
import { SearchIcon } from '../ui/icons'
import { ExportMenu } from './export-menu'
import { SEARCH_ID } from './row-focus'
import type { InventoryModel } from './use-inventory'
import type { ViewModel } from './use-view'
import { STATE_WORDS } from './words'

const SORT_WORDS: Record<SortKey, string> = {
  organization: 'Organization',
  agent: 'Agent account',
  number: 'Number',
  country: 'Country',
  state: 'State',
}

const tab =
  'inline-flex min-h-8 items-center gap-1.5 rounded-control px-3 font-medium text-ink-2 hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:shadow-sm max-sm:min-h-11 max-sm:grow max-sm:justify-center forced-colors:aria-pressed:outline-2'

function Views({ view: { params, setParams, choices, churn } }: { view: ViewModel }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: two toggles are no form, which is what a fieldset groups
    <div role="group" aria-label="View" className="flex rounded-[8px] bg-sunken p-0.5 max-sm:w-full">
      <button type="button" aria-pressed={!churn} onClick={() => setParams({ view: null })} className={tab}>
        All
      </button>
      <button
        type="button"
        aria-pressed={churn}
        onClick={() => setParams({ view: params.view === 'churn' ? null : 'churn' })}
        className={tab}
      >
        Churn queue
        <span className="text-ink-3 tabular-nums">{formatCount(choices.churned)}</span>
      </button>
    </div>
  )
}

function Filters({ view: { params, setParams, choices } }: { view: ViewModel }) {
  const known = (value: string, among: string[]) => value === '' || among.includes(value)
  const { organizations, countries, states } = choices
  return (
    <>
      <Select
        label="Organization"
        className="sm:w-44"
        value={params.org}
        onChange={(event) => setParams({ org: event.target.value || null })}
      >
        <option value="">All organizations</option>
        {!known(
          params.org,
          organizations.map(({ id }) => id),
        ) && <option value={params.org}>Organization {params.org}</option>}
        {organizations.map(({ id, name, count }) => (
          <option key={id} value={id}>
            {name} ({formatCount(count)})
          </option>
        ))}
      </Select>
      <Select
        label="Country"
        className="sm:w-36"
        value={params.country}
        onChange={(event) => setParams({ country: event.target.value || null })}
      >
        <option value="">All countries</option>
        {!known(
          params.country,
          countries.map(({ code }) => code),
        ) && <option value={params.country}>{params.country}</option>}
        {countries.map(({ code, count }) => (
          <option key={code} value={code}>
            {formatCountry(code)} ({formatCount(count)})
          </option>
        ))}
      </Select>
      <Select
        label="Account state"
        className="sm:w-32"
        value={params.state ?? ''}
        onChange={(event) =>
          setParams({ state: states.find(({ state }) => state === event.target.value)?.state ?? null })
        }
      >
        <option value="">All states</option>
        {params.state && !states.some(({ state }) => state === params.state) && (
          <option value={params.state}>{STATE_WORDS[params.state]}</option>
        )}
        {states.map(({ state, count }) => (
          <option key={state} value={state}>
            {STATE_WORDS[state]} ({formatCount(count)})
          </option>
        ))}
      </Select>
      <Select
        label="Rows"
        className="sm:w-36"
        value={params.only ?? ''}
        onChange={({ target: { value } }) =>
          setParams({ only: value === 'problems' || value === 'changed' ? value : null })
        }
      >
        <option value="">All rows</option>
        <option value="problems">With problems</option>
        <option value="changed">Changed</option>
      </Select>
    </>
  )
}

function Order({ view: { params, setParams, churn } }: { view: ViewModel }) {
  if (churn) return null
  return (
    <>
      <Select
        label="Sort"
        className="sm:hidden"
        value={params.sort}
        onChange={(event) =>
          setParams({ sort: SORT_KEYS.find((key) => key === event.target.value) ?? null, desc: null })
        }
      >
        {SORT_KEYS.map((key) => (
          <option key={key} value={key}>
            By {SORT_WORDS[key].toLowerCase()}
          </option>
        ))}
      </Select>
      <label className="inline-flex min-h-8 items-center gap-2 whitespace-nowrap max-sm:min-h-11">
        <input
          type="checkbox"
          checked={params.group}
          onChange={(event) => setParams({ group: event.target.checked || null })}
          className="size-4 accent-accent"
        />
        Group
      </label>
    </>
  )
}

/** Everything that decides what the table shows. */
export function Toolbar({ model, view }: { model: InventoryModel; view: ViewModel }) {
  const [open, setOpen] = useState(false)
  const { org, country, state, only } = view.params
  const chosen = [org, country, state, only].filter(Boolean).length
  return (
    // biome-ignore lint/a11y/useSemanticElements: the search element is not in React's types for older browsers' roles
    <div role="search" className="mb-3 flex flex-wrap items-center gap-2 max-sm:grid max-sm:grid-cols-2">
      <div className="relative grow sm:min-w-56 max-sm:col-span-2">
        <SearchIcon className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-ink-3" />
        <input
          id={SEARCH_ID}
          type="search"
          aria-label="Search numbers"
          placeholder="Number, agent or organization"
          autoComplete="off"
          spellCheck={false}
          value={view.params.q}
          onChange={(event) => view.setParams({ q: event.target.value || null })}
          className={`${controlClass} pl-8`}
        />
      </div>
      <div className="max-sm:col-span-2">
        <Views view={view} />
      </div>
      <Button className="sm:hidden" aria-expanded={open} onClick={() => setOpen(!open)}>
        Filters{chosen > 0 && ` (${chosen})`}
      </Button>
      <div
        className={`sm:contents ${open ? 'max-sm:order-last max-sm:col-span-2 max-sm:grid max-sm:grid-cols-2 max-sm:gap-2' : 'max-sm:hidden'}`}
      >
        <Filters view={view} />
        <Order view={view} />
      </div>
      <ExportMenu model={model} view={view} />
    </div>
  )
}
