import type { Account } from '@/lib/domain/accounts/account'
import { customerOf } from '@/lib/domain/accounts/customer'
import { normalize } from '@/lib/domain/text/normalize'
import type { MarksByRow } from './marks'
import { type AccountRows, type AccountState, type Inventory, isChurnedState, type NumberRow } from './rows'
import { isSearch, type ShownWording, searchFor } from './search'
import { judgeOf, lastUsed, NO_USES, type Uses } from './unused'

export const SORT_KEYS = [
  'organization',
  'agent',
  'number',
  'country',
  'state',
  'used',
  'label',
  'provider',
  'texts',
] as const
export type SortKey = (typeof SORT_KEYS)[number]

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

let collator: Intl.Collator | undefined

/** Made with the first list: the first use of Intl takes some 15 ms, which would delay the page's script. */
function compareNames(a: string, b: string): number {
  collator ??= new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
  return collator.compare(a, b)
}

export const STATE_ORDER: Record<AccountState, number> = { cancelled: 0, inactive: 1, unstated: 2, active: 3 }

export function byText(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return compareNames(a, b) || (a < b ? -1 : 1)
}

interface OfAccount {
  account: Account
}

/** The order in which the list begins: by customer, then by agent. */
export function byOrganization({ account: a }: OfAccount, { account: b }: OfAccount): number {
  return (
    byText(a.organizationName, b.organizationName) ||
    byText(a.organizationId, b.organizationId) ||
    byText(a.name, b.name) ||
    byText(a.id, b.id)
  )
}

function byAgent(a: AccountRows, b: AccountRows): number {
  return byText(a.account.name, b.account.name) || byOrganization(a, b)
}

function byState(a: AccountRows, b: AccountRows): number {
  const [first, second] = [a.rows[0], b.rows[0]]
  if (!first || !second) return 0
  return STATE_ORDER[first.state] - STATE_ORDER[second.state] || byEnd(first, second) || byOrganization(a, b)
}

function byEnd(a: { endsAt: string | null }, b: { endsAt: string | null }): number {
  if (a.endsAt === b.endsAt) return 0
  if (a.endsAt === null) return 1
  if (b.endsAt === null) return -1
  return a.endsAt < b.endsAt ? -1 : 1
}

function byNumber(a: NumberRow, b: NumberRow): number {
  if (a.number !== b.number) return a.number < b.number ? -1 : 1
  return a.key < b.key ? -1 : 1
}

/** What a row says of texts, as the search finds it. */
export const smsWord = ({ sms }: NumberRow) => (sms === null ? null : sms ? 'SMS' : 'no SMS')

const VALUE_OF: Record<'country' | 'label' | 'provider' | 'texts', (row: NumberRow) => string | null> = {
  country: ({ country }) => country,
  label: ({ label }) => label,
  provider: ({ provider }) => provider,
  texts: smsWord,
}

/** Without case and accents, numbers by their size: 50,000 texts take a collator seconds. */
const orderKey = (text: string) => normalize(text).replace(/\d+/g, (digits) => digits.padStart(12, '0'))

function byKey(a: { key: string; value: string }, b: { key: string; value: string }): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  return a.value < b.value ? -1 : 1
}

/** Rows by number, ordered by what they say; each value is compared once. Those that do not say it are last in either direction. */
function sortByValue(
  rows: readonly NumberRow[],
  saidBy: (row: NumberRow) => string | null,
  keyOf: (value: string) => string,
  descending: boolean,
): NumberRow[] {
  const places = new Map<string, NumberRow[]>()
  const unstated: NumberRow[] = []
  for (const row of rows) {
    const value = saidBy(row)
    const place = value === null ? unstated : places.get(value)
    if (place) place.push(row)
    else if (value !== null) places.set(value, [row])
  }
  const named = [...places].map(([value, held]) => ({ key: keyOf(value), value, held }))
  const stated = named.sort(byKey).flatMap(({ held }) => held)
  return [...(descending ? stated.reverse() : stated), ...unstated]
}

const BY_ACCOUNT = { organization: byOrganization, agent: byAgent, state: byState }
type OwnOrder = keyof typeof BY_ACCOUNT | 'number'

/** What was ordered once for a list, which never changes, so that choosing an order again takes no time. */
const ordered = new WeakMap<Inventory, Partial<Record<OwnOrder, readonly NumberRow[]>>>()

function inOrder(inventory: Inventory, key: OwnOrder): readonly NumberRow[] {
  const known = ordered.get(inventory)
  const before = known?.[key]
  if (before) return before
  const held = inventory.accounts.filter((account) => account.rows.length > 0)
  const rowsOf = (some: readonly AccountRows[]) => some.flatMap((account) => account.rows)
  const rows = key === 'number' ? rowsOf(held).sort(byNumber) : rowsOf(held.sort(BY_ACCOUNT[key]))
  ordered.set(inventory, { ...known, [key]: rows })
  return rows
}

/** All rows in order; names are compared once for each account. `nameOfCountry`: what is shown for an ISO 3166 code. */
export function sortRows(
  inventory: Inventory,
  key: SortKey,
  descending: boolean,
  nameOfCountry: (code: string) => string = (code) => code,
  uses: Uses = NO_USES,
): readonly NumberRow[] {
  if (key === 'used') {
    const byNumber = inOrder(inventory, 'number')
    return sortByValue(
      byNumber,
      (row) => lastUsed(uses, row),
      (time) => time,
      descending,
    )
  }
  if (key === 'country' || key === 'label' || key === 'provider' || key === 'texts') {
    const keyOf = key === 'country' ? (code: string) => orderKey(nameOfCountry(code)) : orderKey
    return sortByValue(inOrder(inventory, 'number'), VALUE_OF[key], keyOf, descending)
  }
  const rows = inOrder(inventory, key)
  return descending ? rows.toReversed() : rows
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
