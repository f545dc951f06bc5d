import type { Changes } from './changes'
import { type AccountState, accountState, type Inventory, type NumberRow } from './rows'
import { byText, STATE_ORDER } from './sort'
import { type Filter, isChurned, UNSTATED } from './view'

export interface Part<Value extends string = string> {
  value: Value
  count: number
}
interface CustomerPart extends Part {
  name: string
}

interface Counts {
  states: Map<AccountState, Part<AccountState>>
  countries: Map<string, Part>
  customers: Map<string, CustomerPart>
  churned: number
  noCountry: number
  noCustomer: number
}

type Among = (row: NumberRow) => boolean

/** Of whole lists, which never change: the filters and the overview need the same counts. */
const counted = new WeakMap<Inventory, Counts>()

function countsOf(inventory: Inventory, among: Among | null): Counts {
  if (among) return countRows(inventory, among)
  const counts = counted.get(inventory) ?? countRows(inventory, null)
  counted.set(inventory, counts)
  return counts
}

/** Of an account's rows, which stay the same while the rest of a list is read. */
const inCountries = new WeakMap<readonly NumberRow[], ReadonlyMap<string | null, number>>()

function countriesOf(rows: readonly NumberRow[]): ReadonlyMap<string | null, number> {
  const known = inCountries.get(rows)
  if (known) return known
  const counts = new Map<string | null, number>()
  for (const { country } of rows) counts.set(country, (counts.get(country) ?? 0) + 1)
  inCountries.set(rows, counts)
  return counts
}

/** Counts rows: those of a view alone with `among`, except for `churned`. */
function countRows({ accounts, namesakes }: Inventory, among: Among | null): Counts {
  const states: Counts['states'] = new Map()
  const countries: Counts['countries'] = new Map()
  const customers: Counts['customers'] = new Map()
  let [churned, noCountry, noCustomer] = [0, 0, 0]
  const add = <Item extends Part>(parts: Map<Item['value'], Item>, first: Item) => {
    const known = parts.get(first.value)
    if (known) known.count += first.count
    else parts.set(first.value, first)
  }
  for (const { account, rows: held } of accounts) {
    if (held[0] && isChurned(held[0])) churned += held.length
    const rows = among ? held.filter(among) : held
    const [first] = rows
    if (!first) continue
    const { length: count } = rows
    add(states, { value: first.state, count })
    const { organizationId: value, organizationName } = account
    const name = organizationName ?? value ?? ''
    if (value) add(customers, { value, name: namesakes.has(value) ? `${name} (${value})` : name, count })
    else noCustomer += count
    for (const [country, count] of countriesOf(rows)) {
      if (!country) noCountry += count
      else add(countries, { value: country, count })
    }
  }
  return { states, countries, customers, churned, noCountry, noCustomer }
}

const byCount = (a: Part, b: Part) => b.count - a.count
const byValue = (a: Part, b: Part) => (a.value < b.value ? -1 : 1)
const byName = (a: CustomerPart, b: CustomerPart) => (a.name === b.name ? byValue(a, b) : a.name < b.name ? -1 : 1)

/** What the filters offer; the last organization and country is `UNSTATED` where rows lack it. */
export interface Choices {
  /** `name` is null if it is not stated. */
  organizations: { id: string; name: string | null; count: number }[]
  countries: { code: string; count: number }[]
  states: { state: AccountState; count: number }[]
  churned: number
}

export function choicesOf(inventory: Inventory): Choices {
  const { states, countries, customers, churned, noCountry, noCustomer } = countsOf(inventory, null)
  const organizations: Choices['organizations'] = [...customers.values()]
    .sort((a, b) => byText(a.name, b.name) || byText(a.value, b.value))
    .map(({ value, ...rest }) => ({ id: value, ...rest }))
  const codes = [...countries.values()]
    .sort((a, b) => byCount(a, b) || byText(a.value, b.value))
    .map(({ value, count }) => ({ code: value, count }))
  if (noCustomer > 0) organizations.push({ id: UNSTATED, name: null, count: noCustomer })
  if (noCountry > 0) codes.push({ code: UNSTATED, count: noCountry })
  return {
    organizations,
    countries: codes,
    states: [...states.values()]
      .sort((a, b) => STATE_ORDER[b.value] - STATE_ORDER[a.value])
      .map(({ value, count }) => ({ state: value, count })),
    churned,
  }
}

export interface Ranking<Item extends Part> {
  shown: Item[]
  /** Where all bars would be as long as one more: so many `parts` have `count` rows each, and only chosen ones a bar. */
  equal: { parts: number; count: number } | null
  /** Smaller parts without a bar, and the rows in them. */
  others: number
  inOthers: number
  /** Rows of which Vida does not say it. */
  unstated: number
}

export interface Overview {
  /** Rows in all and rows in the churn queue, whichever view is open: a number in two accounts counts twice. */
  total: number
  churned: number
  states: Part<AccountState>[]
  countries: Ranking<Part>
  customers: Ranking<CustomerPart>
}

/** Which parts are filtered by now: they keep a bar however small they are, so that it can be pressed again. */
export interface Chosen extends Pick<Filter, 'state' | 'country' | 'org'> {
  /** What the view lists; the parts count it alone. Null: everything. */
  among: Among | null
}

export const MOST_SHOWN = 5

const STATES_IN_ORDER: readonly AccountState[] = ['active', 'inactive', 'cancelled', 'unstated']

function ranking<Item extends Part>(
  known: ReadonlyMap<string, Item>,
  chosen: readonly Item[],
  unstated: number,
  before: (a: Item, b: Item) => number,
): Ranking<Item> {
  const inOrder = (a: Item, b: Item) => byCount(a, b) || before(a, b)
  const all = [...known.values()].sort(inOrder)
  const count = all[MOST_SHOWN]?.count
  const parts = count === undefined ? 0 : all.filter((part) => part.count === count).length
  const equal = count !== undefined && all[0]?.count === count ? { parts, count } : null
  // What the equal ones have in common takes the place of one bar.
  const most = equal ? MOST_SHOWN - 1 : MOST_SHOWN
  const largest = equal ? [] : all.filter((part) => !chosen.includes(part))
  const shown = [...chosen.toSorted(inOrder), ...largest].slice(0, Math.max(most, chosen.length)).sort(inOrder)
  const rest = all.filter((part) => !shown.includes(part) && part.count !== equal?.count)
  return { shown, equal, others: rest.length, inOthers: rest.reduce((sum, { count }) => sum + count, 0), unstated }
}

/** Counts all numbers or those of a view, whatever else narrows the list: what each part alone would show. */
export function overviewOf(inventory: Inventory, { among, state, country, org }: Chosen): Overview {
  const { states, countries, customers, churned, noCountry, noCustomer } = countsOf(inventory, among)
  const stated = (values: readonly string[]) => values.filter((value) => value !== UNSTATED)
  const chosenCountries = stated(country).map((value) => countries.get(value) ?? { value, count: 0 })
  const chosenCustomers = stated(org).map(
    (value) => customers.get(value) ?? { value, name: `Organization ${value}`, count: 0 },
  )
  return {
    total: inventory.total,
    churned,
    states: STATES_IN_ORDER.flatMap((value) => states.get(value) ?? (state.includes(value) ? { value, count: 0 } : [])),
    countries: ranking(countries, chosenCountries, noCountry, byValue),
    customers: ranking(customers, chosenCustomers, noCustomer, byName),
  }
}

/** Rows of the churn queue that were in none before. A number that Vida did not call active before does not count. */
export function cameToQueue({ accounts }: Inventory, { appeared, moved, cancelled }: Changes): number {
  let count = 0
  for (const { account, rows } of accounts) {
    if (!rows[0] || !isChurned(rows[0])) continue
    for (const { number } of rows) {
      const from = moved.get(number)
      const came = from
        ? accountState(from, Date.now()) === 'active'
        : appeared.has(number) || cancelled.has(account.id)
      if (came) count += 1
    }
  }
  return count
}
