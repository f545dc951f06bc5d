import { countryNames, formatAge, formatDay, plural } from '@/lib/client/format/format'
import { type Changes, changeCounts } from '@/lib/domain/inventory/changes'
import type { RowMarks } from '@/lib/domain/inventory/marks'
import type { AccountState } from '@/lib/domain/inventory/rows'
import type { ShownWording } from '@/lib/domain/inventory/search'
import { type Group, isChurned } from '@/lib/domain/inventory/view'
import { protectedSentence } from '@/lib/domain/protections/wording'

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

/** “1 number appeared, 2 numbers left”; empty without changes. */
export function changesWording(changes: Changes): string {
  const { appeared, moved, left, cancelled, customers } = changeCounts(changes)
  const parts = [
    appeared > 0 && `${plural(appeared, 'number')} appeared`,
    moved > 0 && `${plural(moved, 'number')} moved`,
    left > 0 && `${plural(left, 'number')} left`,
    cancelled > 0 && `${plural(cancelled, 'number')} of ${plural(customers, 'customer')} newly cancelled or inactive`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** What a customer's numbers are and since when, for its folded line. `now` in ms. */
export function groupWording(group: Group, now: number): string {
  const { rows, customer, endsAt } = group
  const churned = rows.filter(isChurned).length
  if (churned === rows.length || customer !== 'active') return churnWording(group, now)
  if (churned > 0) {
    const since = endsAt !== null && Date.parse(endsAt) <= now ? ` since ${formatDay(endsAt)}` : ''
    return `Customer active; ${plural(churned, 'number')} of cancelled or inactive agents${since}`
  }
  if (rows.every(({ state }) => state === 'unstated')) return STATE_WORDING.unstated
  return endsAt ? `${STATE_WORDING.active}, cancelled from ${formatDay(endsAt)}` : STATE_WORDING.active
}

/** Why a number can't be returned now; null: it can. */
export function obstacleWording({
  obstacle,
  batchSize,
  protection,
}: Pick<RowMarks, 'obstacle' | 'batchSize' | 'protection'>): string | null {
  switch (obstacle) {
    case null:
      return null
    case 'in_two_accounts':
      return 'Vida lists this number in two accounts. It can’t be returned until it is in one.'
    case 'not_settled':
      return 'An earlier return of this number is under way or not settled. History shows its outcome.'
    case 'protected':
      return `${protection ? protectedSentence(protection) : 'It is protected.'} It can’t be returned until the protection is lifted.`
    case 'in_batch': {
      const batch = batchSize > 0 ? `the batch of ${plural(batchSize, 'number')}` : 'a batch'
      return `This number waits in ${batch}; Activity shows it. To return it by itself, stop that batch first.`
    }
  }
}
