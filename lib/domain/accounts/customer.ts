import type { Account } from '@/lib/domain/accounts/account'

type CustomerFacts = Pick<Account, 'id' | 'organizationId' | 'organizationName'> & { name: string | null }

/** The customer of an account is its organization, by id, since two may share a name; without one, itself. */
export function customerOf({ id, name, organizationId, organizationName }: CustomerFacts): {
  id: string
  name: string
} {
  return { id: organizationId ?? `account ${id}`, name: organizationName ?? name ?? `Account ${id}` }
}
