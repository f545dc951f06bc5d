import { customerOf } from '@/lib/domain/accounts/customer'
import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'

export interface AgentGroup {
  id: string
  name: string
  rows: NumberRow[]
  active: boolean
  /** The return leaves it without any number. */
  emptied: boolean
}

export interface CustomerGroup {
  id: string
  name: string
  agents: AgentGroup[]
  count: number
  emptied: boolean
}

export function groupForConfirmation(inventory: Inventory, chosen: readonly NumberRow[]): CustomerGroup[] {
  const held = new Map<string, number>()
  const heldByCustomer = new Map<string, number>()
  for (const { account, rows } of inventory.accounts) {
    held.set(account.id, rows.length)
    const { id } = customerOf(account)
    heldByCustomer.set(id, (heldByCustomer.get(id) ?? 0) + rows.length)
  }
  const customers = new Map<string, CustomerGroup>()
  for (const row of chosen) {
    const { account } = row
    const { id, name } = customerOf(account)
    const customer = customers.get(id) ?? { id, name, agents: [], count: 0, emptied: false }
    customers.set(id, customer)
    customer.count += 1
    const agent = customer.agents.find((each) => each.id === account.id)
    if (agent) agent.rows.push(row)
    else
      customer.agents.push({
        id: account.id,
        name: account.name,
        rows: [row],
        active: row.state === 'active',
        emptied: false,
      })
  }
  for (const customer of customers.values()) {
    for (const agent of customer.agents) agent.emptied = agent.rows.length === held.get(agent.id)
    customer.emptied = customer.count === heldByCustomer.get(customer.id)
  }
  return [...customers.values()]
}

/** “3 of 12 accounts are active.”; empty when none is. */
export function activeSentence(groups: readonly CustomerGroup[]): string {
  const agents = groups.flatMap((customer) => customer.agents)
  const active = agents.filter((agent) => agent.active).length
  if (active === 0) return ''
  if (agents.length === 1) return 'The account is active.'
  return `${active.toLocaleString()} of ${agents.length.toLocaleString()} accounts ${active === 1 ? 'is' : 'are'} active.`
}

/** Sorts the chosen rows as they are listed; rows that are not listed come last. */
export function inListOrder(chosen: readonly NumberRow[], listed: readonly NumberRow[]): NumberRow[] {
  const wanted = new Set(chosen.map(({ key }) => key))
  const first = listed.filter(({ key }) => wanted.delete(key))
  return [...first, ...chosen.filter(({ key }) => wanted.has(key))]
}
