import { customerOf } from '../inventory/customer'
import type { Inventory, NumberRow } from '../inventory/rows'

/** The chosen numbers of one account, by id: two may share a name. */
interface AgentGroup {
  id: string
  name: string
  rows: NumberRow[]
  /** None of its numbers would be left. */
  emptied: boolean
}

export interface CustomerGroup {
  id: string
  name: string
  agents: AgentGroup[]
  /** None of the numbers of the organization and its accounts would be left. */
  emptied: boolean
}

/** What is about to be returned, by customer and agent, with those that would be left without any number. */
export function groupForConfirmation(inventory: Inventory, chosen: readonly NumberRow[]): CustomerGroup[] {
  const held = new Map<string, number>()
  const heldByCustomer = new Map<string, number>()
  for (const { holder, rows } of inventory.accounts) {
    held.set(holder.id, rows.length)
    const { id } = customerOf(holder)
    heldByCustomer.set(id, (heldByCustomer.get(id) ?? 0) + rows.length)
  }
  const customers = new Map<string, CustomerGroup>()
  for (const row of chosen) {
    const { holder } = row
    const { id, name } = customerOf(holder)
    const customer = customers.get(id) ?? { id, name, agents: [], emptied: false }
    customers.set(id, customer)
    const agent = customer.agents.find((each) => each.id === holder.id)
    if (agent) agent.rows.push(row)
    else customer.agents.push({ id: holder.id, name: holder.name, rows: [row], emptied: false })
  }
  for (const customer of customers.values()) {
    for (const agent of customer.agents) agent.emptied = agent.rows.length === held.get(agent.id)
    const count = customer.agents.reduce((sum, { rows }) => sum + rows.length, 0)
    customer.emptied = count === heldByCustomer.get(customer.id)
  }
  return [...customers.values()]
}
