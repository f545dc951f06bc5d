import type { Account } from '@/lib/domain/accounts/account'
import { normalize } from '@/lib/domain/text/normalize'
import type { AccountRows, AccountState, Inventory, NumberRow } from './rows'
import { lastUsed, NO_USES, type Uses } from './unused'

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

/** Names are compared with a collator, which takes long: each customer's once, and agents' with those of theirs alone. */
function byCustomer(accounts: readonly AccountRows[]): AccountRows[] {
  const customers = new Map<string, { account: Account; agents: AccountRows[] }>()
  for (const each of accounts) {
    const { account } = each
    const key = JSON.stringify([account.organizationName, account.organizationId])
    const known = customers.get(key)
    if (known) known.agents.push(each)
    else customers.set(key, { account, agents: [each] })
  }
  return [...customers.values()].sort(byOrganization).flatMap(({ agents }) => agents.sort(byOrganization))
}

function byAgent(a: AccountRows, b: AccountRows): number {
  return byText(a.account.name, b.account.name) || byOrganization(a, b)
}

function byState(a: AccountRows, b: AccountRows): number {
  const [first, second] = [a.rows[0], b.rows[0]]
  if (!first || !second) return 0
  return STATE_ORDER[first.state] - STATE_ORDER[second.state] || byEnd(first, second) || byOrganization(a, b)
}

export function byEnd(a: { endsAt: string | null }, b: { endsAt: string | null }): number {
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
export const smsWording = ({ sms }: NumberRow) => (sms === null ? null : sms ? 'SMS' : 'no SMS')

const VALUE_OF: Record<'country' | 'label' | 'provider' | 'texts', (row: NumberRow) => string | null> = {
  country: ({ country }) => country,
  label: ({ label }) => label,
  provider: ({ provider }) => provider,
  texts: smsWording,
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

const BY_ACCOUNT = {
  organization: byCustomer,
  agent: (accounts: AccountRows[]) => accounts.sort(byAgent),
  state: (accounts: AccountRows[]) => accounts.sort(byState),
}
type OwnOrder = keyof typeof BY_ACCOUNT | 'number'

/** What was ordered once for a list, which never changes, so that choosing an order again takes no time. */
const ordered = new WeakMap<Inventory, Partial<Record<OwnOrder, readonly NumberRow[]>>>()

function inOrder(inventory: Inventory, key: OwnOrder): readonly NumberRow[] {
  const known = ordered.get(inventory)
  const before = known?.[key]
  if (before) return before
  const held = inventory.accounts.filter((account) => account.rows.length > 0)
  const rowsOf = (some: readonly AccountRows[]) => some.flatMap((account) => account.rows)
  const rows = key === 'number' ? rowsOf(held).sort(byNumber) : rowsOf(BY_ACCOUNT[key](held))
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
