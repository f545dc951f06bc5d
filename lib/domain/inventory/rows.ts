import type { Account, AccountNumbers, AssignedNumber } from '@/lib/domain/accounts/account'
import type { Snapshot } from './events'
import { type InventoryState, rowKey, withoutGone } from './state'

export const ACCOUNT_STATES = ['active', 'inactive', 'cancelled', 'unstated'] as const
export type AccountState = (typeof ACCOUNT_STATES)[number]

/** One line of the table: a number in one account. */
export interface NumberRow extends AssignedNumber {
  /** Lines of the table that are no rows have others. */
  kind: 'row'
  /** Unique in the list, also for a number that two accounts hold. */
  key: string
  account: Account
  state: AccountState
  /** When the customer or the agent was cancelled, or will be; the earlier of both. ISO 8601, UTC. */
  endsAt: string | null
  /** What a search looks at, once it was made; here, because a map would be asked for 50,000 rows at each key. */
  text?: string | undefined
}

export interface AccountRows {
  account: Account
  rows: readonly NumberRow[]
}

export interface Inventory {
  accounts: readonly AccountRows[]
  /** Rows in all: a number in two accounts counts twice. */
  total: number
  totalRead: number
  twice: ReadonlySet<string>
  /** Accounts that are shown as an earlier scan read them. */
  earlier: ReadonlySet<string>
  /** Ids of organizations whose name another one has, too. */
  namesakes: ReadonlySet<string>
  /** The latest scan met every account: what is not here is not there. */
  complete: boolean
}

/** When the customer or the agent was cancelled, or will be; the earlier of both. */
export function endOf(account: Account): string | null {
  const dates = [account.canceledAt, account.organizationCanceledAt].filter((date) => date !== null).sort()
  return dates[0] ?? null
}

/** What the account is, for billing: cancelled wins over inactive; a date to come does not count yet. `now` in ms. */
export function accountState(account: Account, now: number): AccountState {
  const end = endOf(account)
  if (end !== null && Date.parse(end) <= now) return 'cancelled'
  if (account.active === false || account.organizationActive === false) return 'inactive'
  return account.active === null ? 'unstated' : 'active'
}

/** Somebody pays for its numbers and nobody uses them. */
export function isChurnedState(state: AccountState): boolean {
  return state === 'inactive' || state === 'cancelled'
}

function rowsOf({ account, numbers }: AccountNumbers, now: number): AccountRows {
  const state = accountState(account, now)
  const endsAt = endOf(account)
  const rows = numbers.map((held) => ({
    ...held,
    kind: 'row' as const,
    key: rowKey(account.id, held.number),
    account,
    state,
    endsAt,
    text: undefined,
  }))
  return { account, rows: rows.sort((a, b) => (a.number < b.number ? -1 : 1)) }
}

/** What the call before made, so that a list of 200,000 is not made again for each part of it that is read. */
export interface MadeRows {
  accounts: Map<string, { holding: AccountNumbers; accountRows: AccountRows }>
  numbers: Set<string>
  /** How many rows a number has, for those that have several. */
  several: Map<string, number>
}

export const noRows = (): MadeRows => ({ accounts: new Map(), numbers: new Set(), several: new Map() })

/** One look into the set for a number that has one row: a list of 200,000 grows by tens of thousands at once. */
function countIn({ numbers, several }: MadeRows, { rows }: AccountRows): void {
  for (const { number } of rows) {
    const before = numbers.size
    numbers.add(number)
    if (numbers.size === before) several.set(number, (several.get(number) ?? 1) + 1)
  }
}

function countOut({ numbers, several }: MadeRows, { rows }: AccountRows): void {
  for (const { number } of rows) {
    const held = several.get(number) ?? 1
    if (held > 2) several.set(number, held - 1)
    else if (!several.delete(number)) numbers.delete(number)
  }
}

function isSame(a: AccountNumbers, b: AccountNumbers): boolean {
  return (
    a.numbers.length === b.numbers.length &&
    JSON.stringify(a.account) === JSON.stringify(b.account) &&
    JSON.stringify(a.numbers) === JSON.stringify(b.numbers)
  )
}

/** Rows are made again only if an account reads differently, so that unchanged ones are not drawn again. */
function rowsAgain(holding: AccountNumbers, made: MadeRows, now: number): AccountRows {
  const id = holding.account.id
  const known = made.accounts.get(id)
  if (known?.holding === holding) return known.accountRows
  // A state depends on the time as well.
  const unchanged = known?.accountRows.rows[0]?.state === accountState(holding.account, now)
  const same = known && unchanged && isSame(known.holding, holding)
  const accountRows = same ? known.accountRows : rowsOf(holding, now)
  made.accounts.set(id, { holding, accountRows })
  if (!same) {
    if (known) countOut(made, known.accountRows)
    countIn(made, accountRows)
  }
  return accountRows
}

function namesakesIn(accounts: readonly AccountRows[]): Set<string> {
  const first = new Map<string, string>()
  const found = new Set<string>()
  for (const { account } of accounts) {
    const { organizationId: id, organizationName: name } = account
    if (id === null || name === null) continue
    const other = first.get(name) ?? id
    first.set(name, other)
    if (other !== id) found.add(other).add(id)
  }
  return found
}

/** Joins the stored inventory and the running scan, whose reads win. `made` has the rows of the call before. */
export function joinInventory(stored: Snapshot | null, state: InventoryState, made = noRows()): Inventory {
  const holdings = new Map(state.holdings)
  if (!state.lastComplete) {
    for (const holding of stored?.accounts ?? []) {
      const { id } = holding.account
      if (!holdings.has(id)) holdings.set(id, withoutGone(holding, state.gone.get(id), stored?.readAt ?? ''))
    }
  }
  const accounts: AccountRows[] = []
  const earlier = new Set<string>()
  let total = 0
  let totalRead = 0
  const now = Date.now()
  for (const [id, { accountRows }] of made.accounts) {
    if (holdings.has(id)) continue
    made.accounts.delete(id)
    countOut(made, accountRows)
  }
  for (const [id, holding] of holdings) {
    const account = rowsAgain(holding, made, now)
    accounts.push(account)
    total += account.rows.length
    const isRead = state.read.has(id) || state.partial.has(id) || state.pinned.has(id)
    if (!state.complete && !isRead) earlier.add(id)
    else totalRead += account.rows.length
  }
  const twice = new Set(made.several.keys())
  return { accounts, total, totalRead, twice, earlier, namesakes: namesakesIn(accounts), complete: state.complete }
}
