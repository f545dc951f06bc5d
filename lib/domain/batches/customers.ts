import { customerOf } from '@/lib/domain/inventory/customer'
import { JOB_ITEM_OUTCOMES, type JobItem, type JobItemOutcome } from './batch'

/** The numbers of a batch that are one customer's. */
export interface JobCustomer {
  id: string
  name: string
  items: JobItem[]
}

/** The numbers of a batch by customer, in the order in which customers first appear. */
export function customersOf(items: readonly JobItem[]): JobCustomer[] {
  const customers = new Map<string, JobCustomer>()
  for (const item of items) {
    const { accountId, accountName, organizationId, organizationName } = item
    const { id, name } = customerOf({ id: accountId, name: accountName, organizationId, organizationName })
    const customer = customers.get(id)
    if (customer) customer.items.push(item)
    else customers.set(id, { id, name, items: [item] })
  }
  return [...customers.values()]
}

/** How many of these numbers have come to what. */
export function countsOf(items: readonly JobItem[]): Record<JobItemOutcome, number> {
  const counts = noCounts()
  for (const { outcome } of items) counts[outcome] += 1
  return counts
}

export function noCounts(): Record<JobItemOutcome, number> {
  // Every outcome is a key, which `Object.fromEntries` can't tell the compiler.
  return Object.fromEntries(JOB_ITEM_OUTCOMES.map((outcome) => [outcome, 0])) as Record<JobItemOutcome, number>
}
