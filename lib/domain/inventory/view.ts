import type { Account } from '@/lib/domain/accounts/account'
import { customerOf } from '@/lib/domain/accounts/customer'
import type { MarksByRow } from './marks'
import { type AccountState, isChurnedState, type NumberRow } from './rows'
import { isSearch, type ShownWording, searchFor } from './search'
import { byEnd } from './sort'
import { judgeOf, NO_USES, type Uses } from './unused'

export const ONLY = ['problems', 'changed', 'unused30', 'unused90', 'unused180'] as const
type Only = (typeof ONLY)[number]

const UNUSED_DAYS: Partial<Record<Only, number>> = { unused30: 30, unused90: 90, unused180: 180 }

/** The days of *Unused* where the filter states none. */
const DEFAULT_UNUSED_DAYS = 90

/** What was not used for longer is part of what was not used for shorter, so that the fewest days count. */
export function unusedDays(only: readonly Only[]): number | null {
  const days = only.flatMap((each) => UNUSED_DAYS[each] ?? [])
  return days.length > 0 ? Math.min(...days) : null
}

export function daysOfUnusedView(only: readonly Only[]): number {
  return unusedDays(only) ?? DEFAULT_UNUSED_DAYS
}

/** The value of a filter for rows of which Vida does not state it. */
export const UNSTATED = 'unstated' satisfies AccountState

/** A row matches any value of each filter; a filter without values narrows nothing. */
export interface Filter {
  q: string
  /** Organization ids: two customers may share a name. */
  org: readonly string[]
  country: readonly string[]
  state: readonly AccountState[]
  only: readonly Only[]
}

const NOTHING_SHOWN: ShownWording = { countryNames: () => [], stateWording: () => [] }

function isAmong(chosen: readonly string[]): (value: string | null) => boolean {
  if (chosen.length === 0) return () => true
  const values = new Set(chosen)
  return (value) => values.has(value ?? UNSTATED)
}

export function filterRows(
  rows: readonly NumberRow[],
  filter: Filter,
  marks: MarksByRow,
  shown: ShownWording = NOTHING_SHOWN,
  uses: Uses = NO_USES,
): NumberRow[] {
  const finds = searchFor(filter.q, shown)
  const isOrg = isAmong(filter.org)
  const isCountry = isAmong(filter.country)
  const isState = isAmong(filter.state)
  const [problems, changed] = [filter.only.includes('problems'), filter.only.includes('changed')]
  const days = unusedDays(filter.only)
  const judge = days === null ? null : judgeOf(uses, days, Date.now())
  const isOne = (row: NumberRow) => {
    const mark = marks.get(row.key)
    const isMarked = mark !== undefined && ((problems && mark.hasProblem) || (changed && mark.change !== null))
    return isMarked || judge?.(row) === 'unused'
  }
  return rows.filter((row) => {
    if (!isOrg(row.account.organizationId) || !isCountry(row.country) || !isState(row.state)) return false
    if (filter.only.length > 0 && !isOne(row)) return false
    return finds === null || finds(row)
  })
}

/** How many filters have values. */
export function chosenFilters({ org, country, state, only }: Omit<Filter, 'q'>): number {
  return [org, country, state, only].filter(({ length }) => length > 0).length
}

export function isFiltering(filter: Filter): boolean {
  return isSearch(filter.q) || chosenFilters(filter) > 0
}

/** A number that somebody pays for and nobody uses. */
export function isChurned({ state }: NumberRow): boolean {
  return isChurnedState(state)
}

/** One customer's rows. Customers are distinguished by id; an account without one is a customer by itself. */
export interface Group {
  id: string
  name: string
  rows: NumberRow[]
  /** When the customer was or will be cancelled, else the earliest of its agents' cancellations; null without any. */
  endsAt: string | null
  /** What the customer itself is; its agents may be something else. */
  customer: 'active' | 'inactive' | 'cancelled'
}

function customerState({ organizationCanceledAt, organizationActive }: Account): Group['customer'] {
  if (organizationCanceledAt !== null && Date.parse(organizationCanceledAt) <= Date.now()) return 'cancelled'
  return organizationActive === false ? 'inactive' : 'active'
}

export function groupRows(rows: readonly NumberRow[]): Group[] {
  const groups = new Map<string, Group>()
  for (const row of rows) {
    const { id, name } = customerOf(row.account)
    const endsAt = row.account.organizationCanceledAt ?? row.endsAt
    const group = groups.get(id)
    if (!group) groups.set(id, { id, name, rows: [row], endsAt, customer: customerState(row.account) })
    else {
      group.rows.push(row)
      if (endsAt && (group.endsAt === null || endsAt < group.endsAt)) group.endsAt = endsAt
    }
  }
  return [...groups.values()]
}

/** The churn queue: only what nobody uses, by customer, longest cancelled first; without a date last. */
export function churnQueue(rows: readonly NumberRow[]): Group[] {
  return groupRows(rows.filter(isChurned).sort(byEnd)).sort(byEnd)
}

export type ListItem =
  | { kind: 'group'; group: Group; open: boolean }
  | { kind: 'agent'; group: Group; account: Account; rows: readonly NumberRow[] }
  | NumberRow

/** The keys of the rows as listed. */
export function rowKeys(items: readonly ListItem[]): string[] {
  return items.flatMap((item) => (item.kind === 'row' ? item.key : []))
}

/** An agent's line covers what follows it, so that agents with one number, which have none, come first. */
function addLines(items: ListItem[], group: Group): void {
  const agents = new Map<string, NumberRow[]>()
  for (const row of group.rows) {
    const rows = agents.get(row.account.id)
    if (rows) rows.push(row)
    else agents.set(row.account.id, [row])
  }
  const hasLine = (rows: readonly NumberRow[]) => agents.size > 1 && rows.length > 1
  for (const rows of [...agents.values()].sort((a, b) => Number(hasLine(a)) - Number(hasLine(b)))) {
    const [first] = rows
    if (first && hasLine(rows)) items.push({ kind: 'agent', group, account: first.account, rows })
    for (const row of rows) items.push(row)
  }
}

export function itemsOf(groups: readonly Group[], closed: ReadonlySet<string>): ListItem[] {
  const items: ListItem[] = []
  for (const group of groups) {
    const open = !closed.has(group.id)
    items.push({ kind: 'group', group, open })
    if (open) addLines(items, group)
  }
  return items
}
