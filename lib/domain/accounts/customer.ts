import type { Account } from '@/lib/domain/accounts/account'

/** What tells a customer: the account that holds numbers, and the organization above it. */
type CustomerFacts = Pick<Account, 'id' | 'organizationId' | 'organizationName'> & { name: string | null }

/**
 * Whose customer an account is. Customers are told apart by their organization's id, since two may share a name; an account
 * without one is a customer by itself, with an id that no organization has.
 */
export function customerOf({ id, name, organizationId, organizationName }: CustomerFacts): {
  id: string
  name: string
} {
  return { id: organizationId ?? `account ${id}`, name: organizationName ?? name ?? `Account ${id}` }
}
