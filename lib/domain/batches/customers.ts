import { customerOf } from '@/lib/domain/accounts/customer'
import { BATCH_ITEM_OUTCOMES, type BatchItem, type BatchItemOutcome } from './batch'

export interface BatchCustomer {
  id: string
  name: string
  items: BatchItem[]
}

export function customersOf(items: readonly BatchItem[]): BatchCustomer[] {
  const customers = new Map<string, BatchCustomer>()
  for (const item of items) {
    const { accountId, accountName, organizationId, organizationName } = item
    const { id, name } = customerOf({ id: accountId, name: accountName, organizationId, organizationName })
    const customer = customers.get(id)
    if (customer) customer.items.push(item)
    else customers.set(id, { id, name, items: [item] })
  }
  return [...customers.values()]
}

export function countsOf(items: readonly BatchItem[]): Record<BatchItemOutcome, number> {
  const counts = noCounts()
  for (const { outcome } of items) counts[outcome] += 1
  return counts
}

export function noCounts(): Record<BatchItemOutcome, number> {
  // Every outcome is a key, which `Object.fromEntries` can't tell the compiler.
  return Object.fromEntries(BATCH_ITEM_OUTCOMES.map((outcome) => [outcome, 0])) as Record<BatchItemOutcome, number>
}
