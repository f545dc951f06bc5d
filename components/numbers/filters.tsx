'use client'

import { STATE_WORDING } from '@/components/inventory/wording'
import { type Choice, FilterMenu } from '@/components/ui/filter-menu'
import { ACCOUNT_STATES } from '@/lib/domain/inventory/rows'
import { ONLY, unusedDays } from '@/lib/domain/inventory/view'
import { MOST_VALUES } from '@/lib/domain/inventory/view-params'
import { countryWording, organizationWording, ROWS_WORDING } from './filter-wording'
import { useNumbers } from './numbers-context'
import type { FilterPanel } from './use-filter-panel'

/** Adds the values in the address, which the list may not have (yet). */
function withChosen(choices: Choice[], values: readonly string[], labelOf: (value: string) => string): Choice[] {
  const known = new Set(choices.map(({ value }) => value))
  return [...choices, ...values.filter((value) => !known.has(value)).map((value) => ({ value, label: labelOf(value) }))]
}

export function Filters({ panel }: { panel: FilterPanel }) {
  const { params, setParams, choices, uses } = useNumbers().chosen
  const { org, country, state, only } = params
  const organizations = choices.organizations.map(({ id, name, count }) => ({
    value: id,
    label: name ?? STATE_WORDING.unstated,
    count,
  }))
  const countries = choices.countries.map(({ code, count }) => ({ value: code, label: countryWording(code), count }))
  const states = choices.states.map((each) => ({
    value: each.state,
    label: STATE_WORDING[each.state],
    count: each.count,
  }))
  const offered = (value: (typeof ONLY)[number]) =>
    uses.size > 0 || unusedDays([value]) === null || only.includes(value)
  const missing = state.filter((value) => !states.some((each) => each.value === value))
  return (
    <>
      <FilterMenu
        label="Organization"
        none="All organizations"
        className="sm:w-38"
        chosen={org}
        choices={withChosen(organizations, org, (id) => organizationWording(id, choices))}
        most={MOST_VALUES}
        onChange={(values) => setParams({ org: values })}
        show={panel.menu === 'organization'}
        onHide={panel.closeMenu}
      />
      <FilterMenu
        label="Country"
        none="All countries"
        className="sm:w-32"
        chosen={country}
        choices={withChosen(countries, country, countryWording)}
        most={MOST_VALUES}
        onChange={(values) => setParams({ country: values })}
        show={panel.menu === 'country'}
        onHide={panel.closeMenu}
      />
      <FilterMenu
        label="Account state"
        none="All states"
        className="sm:w-28"
        chosen={state}
        choices={[...states, ...missing.map((value) => ({ value, label: STATE_WORDING[value] }))]}
        onChange={(values) => setParams({ state: ACCOUNT_STATES.filter((each) => values.includes(each)) })}
      />
      <FilterMenu
        label="Rows"
        none="All rows"
        className="sm:w-28"
        chosen={only}
        choices={ONLY.filter(offered).map((value) => ({ value, label: ROWS_WORDING[value] }))}
        onChange={(values) => setParams({ only: ONLY.filter((each) => values.includes(each)) })}
      />
    </>
  )
}
