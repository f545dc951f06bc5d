'use client'

import type { inferParserType, SetValues } from 'nuqs'
import { RECORD_OUTCOMES } from '@/lib/returns/record'
import { controlClass, Select } from '../ui/field'
import { SearchIcon } from '../ui/icons'
import type { historyParams } from './history-params'
import { OUTCOME_WORDS } from './receipt-words'

interface FiltersProps {
  params: inferParserType<typeof historyParams>
  setParams: SetValues<typeof historyParams>
}

export function HistoryFilters({ params, setParams }: FiltersProps) {
  const day = (name: 'from' | 'to', label: string) => (
    <label className="flex items-center gap-2 text-ink-2 max-sm:grid max-sm:gap-1">
      {label}
      <input
        type="date"
        value={params[name]}
        onChange={(event) => setParams({ [name]: event.target.value || null })}
        className={`${controlClass} sm:w-36`}
      />
    </label>
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: React has no type for the search element yet
    <div role="search" className="mb-3 flex flex-wrap items-center gap-2 max-sm:grid max-sm:grid-cols-2">
      <div className="relative grow sm:min-w-56 max-sm:col-span-2">
        <SearchIcon className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-ink-3" />
        <input
          type="search"
          aria-label="Search returns"
          placeholder="Number, agent or organization"
          autoComplete="off"
          spellCheck={false}
          value={params.q}
          onChange={(event) => setParams({ q: event.target.value || null })}
          className={`${controlClass} pl-8`}
        />
      </div>
      <div className="max-sm:col-span-2">
        <Select
          label="Outcome"
          className="sm:w-40"
          value={params.outcome.length > 1 ? 'several' : (params.outcome[0] ?? '')}
          onChange={(event) => {
            const chosen = RECORD_OUTCOMES.find((outcome) => outcome === event.target.value)
            void setParams({ outcome: chosen ? [chosen] : null })
          }}
        >
          <option value="">All outcomes</option>
          {params.outcome.length > 1 && (
            <option value="several">{params.outcome.map((each) => OUTCOME_WORDS[each]).join(', ')}</option>
          )}
          {RECORD_OUTCOMES.map((outcome) => (
            <option key={outcome} value={outcome}>
              {OUTCOME_WORDS[outcome]}
            </option>
          ))}
        </Select>
      </div>
      {day('from', 'From')}
      {day('to', 'To')}
    </div>
  )
}
