'use client'

import type { inferParserType, SetValues } from 'nuqs'
import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { FilterMenu } from '@/components/ui/filter-menu'
import { SearchField } from '@/components/ui/search-field'
import { isReversed } from '@/lib/client/queries/returns'
import { RECORD_OUTCOMES } from '@/lib/domain/returns/record'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import { DayField } from './day-field'
import type { historyParams } from './history-params'

const OUTCOMES = RECORD_OUTCOMES.map((outcome) => ({ value: outcome, label: OUTCOME_WORDING[outcome] }))

interface FiltersProps {
  params: inferParserType<typeof historyParams>
  setParams: SetValues<typeof historyParams>
  /** null: nothing to clear, or the empty panel offers it. */
  onClear: (() => void) | null
}

export function HistoryFilters({ params, setParams, onClear }: FiltersProps) {
  const search = useRef<HTMLInputElement>(null)
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
      <div className="flex flex-wrap gap-2 max-sm:contents">
        {day('from', 'From')}
        {day('to', 'To')}
      </div>
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
