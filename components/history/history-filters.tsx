'use client'

import { useQuery } from '@tanstack/react-query'
import type { inferParserType, SetValues } from 'nuqs'
import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { controlClass } from '@/components/ui/field'
import { FilterMenu } from '@/components/ui/filter-menu'
import { Group } from '@/components/ui/group'
import { useHydrated } from '@/components/ui/hydration'
import { SearchField } from '@/components/ui/search-field'
import { choicesQuery, isReversed } from '@/lib/client/queries/returns'
import { PERIOD_NAMES, PERIODS, previous } from '@/lib/domain/history/periods'
import { RECORD_OUTCOMES } from '@/lib/domain/returns/record'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import { DayField } from './day-field'
import type { historyParams } from './history-params'

const OUTCOMES = RECORD_OUTCOMES.map((outcome) => ({ value: outcome, label: OUTCOME_WORDING[outcome] }))

interface ChoiceProps {
  label: string
  none: string
  value: string
  choices: readonly string[]
  onChange: (value: string | null) => void
}

/** Absent while there is nothing to choose from. */
function Choice({ label, none, value, choices, onChange }: ChoiceProps) {
  const all = value === '' || choices.includes(value) ? choices : [value, ...choices]
  if (all.length === 0) return null
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(target.value || null)}
      className={`${controlClass} sm:w-40 ${value ? 'border-accent text-accent' : ''}`}
    >
      <option value="">{none}</option>
      {all.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </select>
  )
}

interface PeriodsProps {
  from: string
  to: string
  onChange: (days: { from: string | null; to: string | null }) => unknown
}

const NO_DAYS = { from: null, to: null }

function Periods({ from, to, onChange }: PeriodsProps) {
  // The server does not know the person's day.
  const hydrated = useHydrated()
  return (
    <Group label="Period" className="flex flex-wrap gap-2 max-sm:col-span-2 max-sm:*:grow">
      {PERIOD_NAMES.map((period) => {
        const days = previous(period, new Date())
        const chosen = hydrated && days.from === from && days.to === to
        return (
          <Button
            key={period}
            aria-pressed={chosen}
            onClick={() => onChange(chosen ? NO_DAYS : days)}
            className={chosen ? 'border-accent! text-accent!' : ''}
          >
            {PERIODS[period]}
          </Button>
        )
      })}
    </Group>
  )
}

interface FiltersProps {
  params: inferParserType<typeof historyParams>
  setParams: SetValues<typeof historyParams>
  /** null: nothing to clear, or the empty panel offers it. */
  onClear: (() => void) | null
}

export function HistoryFilters({ params, setParams, onClear }: FiltersProps) {
  const search = useRef<HTMLInputElement>(null)
  const { data: choices } = useQuery(choicesQuery)
  const day = (name: 'from' | 'to', label: string) => (
    <DayField
      label={label}
      value={params[name]}
      invalid={isReversed(params)}
      onChange={(value) => setParams({ [name]: value || null })}
    />
  )
  return (
    <search className="mb-3 flex flex-wrap items-center gap-2 max-sm:grid max-sm:grid-cols-2">
      <SearchField
        ref={search}
        label="Search returns"
        placeholder="Number, name or note"
        value={params.q}
        onSearch={(q) => setParams({ q })}
        className="sm:min-w-56 max-sm:col-span-2"
      />
      <FilterMenu
        label="Outcome"
        none="All outcomes"
        className="max-sm:col-span-2 sm:w-40"
        chosen={params.outcome}
        choices={OUTCOMES}
        onChange={(values) => setParams({ outcome: RECORD_OUTCOMES.filter((each) => values.includes(each)) })}
      />
      <Choice
        label="Person"
        none="All people"
        value={params.person}
        choices={choices?.operators ?? []}
        onChange={(person) => setParams({ person })}
      />
      <Choice
        label="Reason"
        none="All reasons"
        value={params.reason}
        choices={choices?.reasons ?? []}
        onChange={(reason) => setParams({ reason })}
      />
      <div className="flex flex-wrap gap-2 max-sm:contents">
        {day('from', 'From')}
        {day('to', 'To')}
      </div>
      <Periods from={params.from} to={params.to} onChange={setParams} />
      {onClear && (
        <Button
          className="max-sm:col-span-2"
          onClick={() => {
            search.current?.focus()
            onClear()
          }}
        >
          Clear filters
        </Button>
      )}
    </search>
  )
}
