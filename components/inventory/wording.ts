import { countryNames, formatAge, formatDay } from '@/lib/client/format/format'
import type { AccountState } from '@/lib/domain/inventory/rows'
import type { ShownWording } from '@/lib/domain/inventory/search'
import type { Group } from '@/lib/domain/inventory/view'

export const STATE_WORDING: Record<AccountState, string> = {
  active: 'Active',
  inactive: 'Inactive',
  cancelled: 'Cancelled',
  unstated: 'Not stated',
}

/** What the search finds rows by beside their own texts; “canceled” is how Vida spells it. */
export const SHOWN_WORDING: ShownWording = {
  countryNames,
  stateWording: (state) => (state === 'cancelled' ? [STATE_WORDING.cancelled, 'Canceled'] : [STATE_WORDING[state]]),
}

/** What is known of the customer's leaving: itself, or only agents of it. A date may be one to come. `now` in ms. */
export function churnWording({ customer, endsAt }: Pick<Group, 'customer' | 'endsAt'>, now: number): string {
  const over = endsAt !== null && Date.parse(endsAt) <= now
  const date = endsAt && (over ? `${formatDay(endsAt)}, ${formatAge(endsAt, now)}` : formatDay(endsAt))
  if (customer === 'cancelled') return over ? `Customer cancelled ${date}` : 'Customer cancelled'
  if (over) return `Customer ${customer}; agents cancelled since ${date}`
  const inactive = customer === 'inactive' ? 'Customer inactive' : 'Customer active; agents inactive'
  return date ? `${inactive}, cancelled from ${date}` : `${inactive}, no date given`
}
