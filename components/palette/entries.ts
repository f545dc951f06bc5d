import { customersWording } from '@/components/history/history-batch'
import { SHOWN_WORDING } from '@/components/inventory/wording'
import { ACTION_LINES, type ActionId } from '@/components/ui/action-list'
import type { OpenerName } from '@/components/ui/actions'
import { formatMoment, plural } from '@/lib/client/format/format'
import { ownKeys } from '@/lib/client/format/keys'
import type { Account } from '@/lib/domain/accounts/account'
import type { BatchSummary } from '@/lib/domain/batches/batch'
import { stateWording } from '@/lib/domain/batches/wording'
import type { AccountRows, Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import { searchFor } from '@/lib/domain/inventory/search'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import { normalize } from '@/lib/domain/text/normalize'
import { type Best, bestOf, CONTAINED, type Rank, rankNumber, rankTexts, type Texts, textsOf } from './rank'

export type Goal = { action: ActionId } | { opener: OpenerName; what: string } | { href: string }

export interface Entry {
  /** Unique in the palette. */
  id: string
  label: string
  detail: string
  /** What it says is the customer's: no translation. */
  isData: boolean
  keys: string[]
  goal: Goal
}

export interface Group {
  label: string
  entries: Entry[]
  rank: Rank | null
}

/** Of each group. */
const MOST = 8
const LEAST_OF_NUMBER = 7

const joined = (...parts: (string | null)[]) => parts.filter(Boolean).join(' · ')

function data(id: string, label: string, detail: string, goal: Goal): Entry {
  return { id, label, detail, isData: true, keys: [], goal }
}

function groupOf<Item>(label: string, { items, rank }: Best<Item>, entryOf: (item: Item) => Entry): Group {
  return { label, entries: items.map(entryOf), rank }
}

export function* rowsIn({ accounts }: Pick<Inventory, 'accounts'>): Generator<NumberRow> {
  for (const { rows } of accounts) yield* rows
}

export function numbersGroup(inventory: Inventory, search: string): Group {
  const finds = searchFor(search, SHOWN_WORDING)
  const digits = normalize(search)
  // No number is shorter than seven digits, and what is not digits is only contained.
  const ideal = /^\d+$/.test(digits) ? (digits.length < LEAST_OF_NUMBER ? 1 : 0) : CONTAINED
  const rank = rankNumber(search)
  const best = bestOf(rowsIn(inventory), (row) => (finds?.(row) ? rank(row.number) : null), MOST, ideal)
  const group = groupOf('Numbers', best, ({ key, number, account }) =>
    data(`number ${key}`, number, joined(account.name, account.organizationName), {
      opener: 'openNumber',
      what: number,
    }),
  )
  if (best.more) group.entries.push(allThatMatch('numbers', 'findNumbers', search))
  return group
}

function allThatMatch(what: string, opener: OpenerName, search: string): Entry {
  const label = `All ${what} that match`
  return { id: `all ${what}`, label, detail: `“${search}”`, isData: false, keys: [], goal: { opener, what: search } }
}

interface Agent {
  account: Account
  count: number
  texts: Texts
}

interface Customer {
  id: string
  name: string
  count: number
  texts: Texts
}

/** Agents with numbers, and organizations: what does not change while a person types. */
export function peopleIn(accounts: readonly AccountRows[]): { agents: Agent[]; customers: Customer[] } {
  const customers = new Map<string, Customer>()
  for (const { account, rows } of accounts) {
    const { organizationId: id, organizationName } = account
    if (id === null) continue
    const name = organizationName ?? `Organization ${id}`
    const known = customers.get(id)
    if (known) known.count += rows.length
    else customers.set(id, { id, name, count: rows.length, texts: textsOf(name, id) })
  }
  const agents = accounts
    .filter(({ rows }) => rows.length > 0)
    .map(({ account, rows }) => ({ account, count: rows.length, texts: textsOf(account.name, account.id) }))
  return { agents, customers: [...customers.values()] }
}

export function customersGroup(customers: readonly Customer[], search: string): Group {
  const rank = rankTexts(search)
  const best = bestOf(customers, ({ texts }) => rank(texts), MOST)
  return groupOf('Customers', best, ({ id, name, count }) =>
    data(`customer ${id}`, name, joined(plural(count, 'number'), id), { href: `/customers/${encodeURIComponent(id)}` }),
  )
}

export function agentsGroup(agents: readonly Agent[], search: string): Group {
  const rank = rankTexts(search)
  const best = bestOf(agents, ({ texts }) => rank(texts), MOST)
  return groupOf('Agents', best, ({ account: { id, name, organizationName }, count }) =>
    data(`agent ${id}`, name, joined(organizationName, plural(count, 'number'), id), {
      opener: 'findNumbers',
      what: `account:${id}`,
    }),
  )
}

const ACTIONS = ACTION_LINES.flatMap(({ action, label, keys }) =>
  action ? [{ action, label, keys, texts: textsOf(label) }] : [],
)

/** All of them without a search. */
export function actionsGroup(isOffered: (action: ActionId) => boolean, search: string): Group {
  const offered = ACTIONS.filter(({ action }) => isOffered(action))
  const rank = rankTexts(search)
  const best = bestOf(offered, ({ texts }) => (search === '' ? CONTAINED : rank(texts)), search === '' ? 99 : MOST)
  return groupOf('Actions', best, ({ action, label, keys }) => ({
    id: `action ${action}`,
    label,
    detail: '',
    isData: false,
    keys: ownKeys(keys),
    goal: { action },
  }))
}

export function receiptsGroup(returns: readonly ReturnRecord[], search: string): Group {
  const entries = returns
    .slice(0, MOST)
    .map(({ receiptId, number, outcome, accountName, requestedAt }) =>
      data(
        `receipt ${receiptId}`,
        number,
        joined(OUTCOME_WORDING[outcome], formatMoment(requestedAt), accountName, receiptId),
        { opener: 'openReceipt', what: receiptId },
      ),
    )
  if (returns.length > MOST) entries.push(allThatMatch('returns', 'findReturns', search))
  return { label: 'Receipts', entries, rank: null }
}

export function batchesGroup(batches: readonly BatchSummary[]): Group {
  const entries = batches
    .slice(0, MOST)
    .map((batch) =>
      data(
        `batch ${batch.id}`,
        `Batch of ${plural(batch.total, 'number')}`,
        joined(stateWording(batch), formatMoment(batch.createdAt), customersWording(batch.customers), batch.id),
        { opener: 'openBatch', what: batch.id },
      ),
    )
  return { label: 'Batches', entries, rank: null }
}

/** Without empty ones; where the best answer is comes first. */
export function inOrder(groups: readonly Group[]): Group[] {
  const placeOf = ({ rank }: Group) => rank ?? CONTAINED + 1
  return groups.filter(({ entries }) => entries.length > 0).toSorted((a, b) => placeOf(a) - placeOf(b))
}
