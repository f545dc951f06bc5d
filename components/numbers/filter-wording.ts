import { STATE_WORDING } from '@/components/inventory/wording'
import { formatCountry } from '@/lib/client/format/format'
import type { Choices } from '@/lib/domain/inventory/overview'
import { daysOfUnusedView, type Filter, UNSTATED } from '@/lib/domain/inventory/view'

export const ROWS_WORDING: Record<Filter['only'][number], string> = {
  problems: 'With problems',
  changed: 'Changed',
  unused30: 'Unused for 30 days',
  unused90: 'Unused for 90 days',
  unused180: 'Unused for 180 days',
}

export function unusedWording(only: Filter['only']): string {
  return `Unused for ${daysOfUnusedView(only)} days`
}

export function countryWording(code: string): string {
  return code === UNSTATED ? STATE_WORDING.unstated : formatCountry(code)
}

export function organizationWording(id: string, { organizations }: Choices): string {
  const known = organizations.find((each) => each.id === id)
  return id === UNSTATED ? STATE_WORDING.unstated : (known?.name ?? `Organization ${id}`)
}

/** Each filter with its values: “Country: Canada, United States”. */
export function filterWordings({ org, country, state, only }: Omit<Filter, 'q'>, choices: Choices): string[] {
  const filters = [
    ['Organization', org.map((id) => organizationWording(id, choices))],
    ['Country', country.map(countryWording)],
    ['Account state', state.map((each) => STATE_WORDING[each])],
    ['Rows', only.map((each) => ROWS_WORDING[each])],
  ] as const
  return filters.flatMap(([name, values]) => (values.length > 0 ? `${name}: ${values.join(', ')}` : []))
}
