import type { ProblemEvent } from './events'
import { type AccountRows, type AccountState, accountState, endOf, type Inventory, type NumberRow } from './rows'
import { byText } from './sort'

export interface CustomerAccount extends AccountRows {
  state: AccountState
  endsAt: string | null
  /** Shown as an earlier scan read it. */
  earlier: boolean
}

/** An organization with its agent accounts, as far as they are known. */
export interface Customer {
  id: string
  name: string | null
  state: AccountState
  endsAt: string | null
  /** By name. */
  accounts: readonly CustomerAccount[]
  /** In the order of the accounts. */
  rows: readonly NumberRow[]
}

/** null: no account of it is known. `now` in ms. */
export function customerIn({ accounts, earlier }: Inventory, id: string, now: number): Customer | null {
  const own = accounts
    .filter(({ account }) => account.organizationId === id)
    .map(({ account, rows }) => {
      const state = accountState(account, now)
      return { account, rows, state, endsAt: endOf(account), earlier: earlier.has(account.id) }
    })
    .sort((a, b) => byText(a.account.name, b.account.name) || byText(a.account.id, b.account.id))
  const latest = own.find((each) => !each.earlier) ?? own[0]
  if (!latest) return null
  const { organizationName, organizationActive, organizationCanceledAt } = latest.account
  const itself = { ...latest.account, active: organizationActive, canceledAt: organizationCanceledAt }
  return {
    id,
    name: organizationName,
    state: accountState(itself, now),
    endsAt: organizationCanceledAt,
    accounts: own,
    rows: own.flatMap(({ rows }) => rows),
  }
}

/** What could not be read of it, as far as it is known to be its own. */
export function problemsOf(problems: readonly ProblemEvent[], id: string, customer: Customer | null): ProblemEvent[] {
  const accounts = new Set(customer?.accounts.map(({ account }) => account.id))
  return problems.filter(({ account, organization }) => (account ? accounts.has(account.id) : organization?.id === id))
}
