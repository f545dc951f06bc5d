import type { AccountState, Inventory } from './rows'
import { isChurned } from './view'

/** One bar: the value that its filter takes, and how many rows it stands for. */
export interface Part<Value extends string = string> {
  value: Value
  count: number
}
interface CustomerPart extends Part {
  /** With the id where another customer in the list has the same name. */
  name: string
}

/** The largest parts of one kind; what has no bar of its own is counted, not left out. */
export interface Ranking<Item extends Part> {
  shown: Item[]
  /** Parts without a bar, and the rows in them. */
  others: number
  inOthers: number
  /** Rows of which Vida does not say it. */
  unstated: number
}

export interface Overview {
  /** Rows in all and rows in the churn queue, whichever view is open: a number in two accounts counts twice. */
  total: number
  churned: number
  /** Every state that occurs; *unstated* is one of them. */
  states: Part<AccountState>[]
  countries: Ranking<Part>
  customers: Ranking<CustomerPart>
}

/** Which parts are filtered by now: they keep a bar however small they are, so that it can be pressed again. */
export interface Chosen {
  /** Only the churn queue is shown: the parts count it alone. */
  churn: boolean
  state: AccountState | null
  /** Country code and organization id; empty: none. */
  country: string
  org: string
}

/** Bars of a kind: as many as the four states and one. */
export const MOST_SHOWN = 5

const STATES_IN_ORDER: readonly AccountState[] = ['active', 'inactive', 'cancelled', 'unstated']

function ranking<Item extends Part>(
  parts: Iterable<Item>,
  chosen: Item | null,
  unstated: number,
  before: (a: Item, b: Item) => number,
): Ranking<Item> {
  const all = [...parts].sort((a, b) => b.count - a.count || before(a, b))
  const shown = all.slice(0, MOST_SHOWN)
  if (chosen && !shown.includes(chosen)) shown.splice(MOST_SHOWN - 1, 1, chosen)
  const barred = new Set(shown)
  const rest = all.filter((part) => !barred.has(part))
  return { shown, others: rest.length, inOthers: rest.reduce((sum, { count }) => sum + count, 0), unstated }
}

const byValue = (a: Part, b: Part) => (a.value < b.value ? -1 : 1)
const byName = (a: CustomerPart, b: CustomerPart) => (a.name === b.name ? byValue(a, b) : a.name < b.name ? -1 : 1)

/** Two customers may share a name; then each is shown with its id. */
function tellApart(customers: ReadonlyMap<string, CustomerPart>): void {
  const named = new Map<string, CustomerPart[]>()
  for (const part of customers.values()) {
    const known = named.get(part.name)
    if (known) known.push(part)
    else named.set(part.name, [part])
  }
  for (const parts of named.values()) {
    if (parts.length > 1) for (const part of parts) part.name = `${part.name} (${part.value})`
  }
}

/**
 * The list in counts, in one pass. The parts count the view that is open, all numbers or the churn queue, whatever else
 * narrows the list: a part says what pressing it gives when nothing else is chosen, as the filter menus do.
 */
export function overviewOf({ accounts, total }: Inventory, { churn, state, country, org }: Chosen): Overview {
  const states = new Map<AccountState, number>()
  const countries = new Map<string, Part>()
  const customers = new Map<string, CustomerPart>()
  let [churned, noCountry, noCustomer] = [0, 0, 0]
  for (const { account, rows } of accounts) {
    const [first] = rows
    if (!first) continue
    if (isChurned(first)) churned += rows.length
    else if (churn) continue
    states.set(first.state, (states.get(first.state) ?? 0) + rows.length)
    const { organizationId: id, organizationName: name } = account
    const customer = id ? customers.get(id) : null
    if (customer) customer.count += rows.length
    else if (!id) noCustomer += rows.length
    else customers.set(id, { value: id, name: name ?? id, count: rows.length })
    for (const { country: code } of rows) {
      const known = code ? countries.get(code) : null
      if (known) known.count += 1
      else if (!code) noCountry += 1
      else countries.set(code, { value: code, count: 1 })
    }
  }
  tellApart(customers)
  const chosenCountry = country ? (countries.get(country) ?? { value: country, count: 0 }) : null
  const chosenCustomer = org ? (customers.get(org) ?? { value: org, name: `Organization ${org}`, count: 0 }) : null
  return {
    total,
    churned,
    states: STATES_IN_ORDER.flatMap((value) => {
      const count = states.get(value) ?? 0
      return count > 0 || value === state ? [{ value, count }] : []
    }),
    countries: ranking(countries.values(), chosenCountry, noCountry, byValue),
    customers: ranking(customers.values(), chosenCustomer, noCustomer, byName),
  }
}
