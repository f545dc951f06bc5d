import type { AccountHolding, AssignedNumber, Holder, KeptInventory } from './events'
import type { InventoryState } from './state'

export const ACCOUNT_STATES = ['active', 'inactive', 'cancelled', 'unstated'] as const
export type AccountState = (typeof ACCOUNT_STATES)[number]

/** One line of the table: a number in one account. */
export interface NumberRow extends AssignedNumber {
  /** Unique in the list, also for a number that two accounts hold. */
  key: string
  holder: Holder
  state: AccountState
  /** When the customer or the agent was cancelled, or will be; the earlier of both. ISO 8601, UTC. */
  endsAt: string | null
  /** What the search looks through; see `searchTerms`. */
  search: string
}

/** An account with its numbers as rows, in the order of the numbers. */
export interface AccountRows {
  holder: Holder
  rows: readonly NumberRow[]
}

/** Everything that is known, ready to be sorted and filtered. */
export interface Inventory {
  accounts: readonly AccountRows[]
  /** Rows in all: a number in two accounts counts twice. */
  total: number
  /** Rows of accounts that the latest walk has read. */
  totalRead: number
  /** Numbers that more than one account holds. */
  twice: ReadonlySet<string>
  /** Accounts that are shown as an earlier walk read them. */
  earlier: ReadonlySet<string>
}

function endOf(holder: Holder): string | null {
  const dates = [holder.canceledAt, holder.organizationCanceledAt].filter((date) => date !== null).sort()
  return dates[0] ?? null
}

/** What the account is, for billing: cancelled wins over inactive; a date to come does not count yet. `now` in ms. */
export function accountState(holder: Holder, now: number): AccountState {
  const end = endOf(holder)
  if (end !== null && Date.parse(end) <= now) return 'cancelled'
  if (holder.active === false || holder.organizationActive === false) return 'inactive'
  return holder.active === null ? 'unstated' : 'active'
}

const marks = /\p{M}/gu
const notSearchable = /[^\p{L}\p{N}]/gu

/** Text as the search compares it: no case, no accents, no punctuation, no spaces. */
export function squeeze(text: string): string {
  return text.normalize('NFKD').replace(marks, '').replace(notSearchable, '').toLowerCase()
}

function searchTextOf(holder: Holder): string {
  return [holder.name, holder.organizationName].map((name) => squeeze(name ?? '')).join('\n')
}

function rowsOf({ account, numbers }: AccountHolding, now: number): AccountRows {
  const state = accountState(account, now)
  const endsAt = endOf(account)
  const names = searchTextOf(account)
  const rows = numbers.map((held) => {
    const search = `${squeeze(held.number)}\n${squeeze(held.national ?? '')}\n${names}\n${squeeze(held.label ?? '')}`
    return { ...held, key: `${account.id} ${held.number}`, holder: account, state, endsAt, search }
  })
  return { holder: account, rows: rows.sort((a, b) => (a.number < b.number ? -1 : 1)) }
}

const cache = new WeakMap<AccountHolding, AccountRows>()

/** Rows are made once for each read of an account, so that a batch of fifty accounts costs fifty, not all of them. */
function cachedRowsOf(holding: AccountHolding): AccountRows {
  const known = cache.get(holding)
  if (known) return known
  const made = rowsOf(holding, Date.now())
  cache.set(holding, made)
  return made
}

/** Joins the kept inventory and the running walk: what was read now wins; what a complete walk did not meet is gone. */
export function joinInventory(kept: KeptInventory | null, state: InventoryState): Inventory {
  const holdings = new Map(state.holdings)
  if (!state.lastComplete) {
    for (const holding of kept?.accounts ?? [])
      if (!holdings.has(holding.account.id)) holdings.set(holding.account.id, holding)
  }
  const accounts: AccountRows[] = []
  const seen = new Set<string>()
  const twice = new Set<string>()
  const earlier = new Set<string>()
  let total = 0
  let totalRead = 0
  for (const [id, holding] of holdings) {
    const account = cachedRowsOf(holding)
    accounts.push(account)
    total += account.rows.length
    if (!state.complete && !state.read.has(id) && !state.pinned.has(id)) earlier.add(id)
    else totalRead += account.rows.length
    for (const { number } of account.rows) {
      if (seen.has(number)) twice.add(number)
      else seen.add(number)
    }
  }
  return { accounts, total, totalRead, twice, earlier }
}
