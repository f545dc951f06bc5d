import type { Account } from '@/lib/domain/accounts/account'

const ALONE = 'account '

type CustomerFacts = Pick<Account, 'id' | 'organizationId' | 'organizationName'> & { name: string | null }

/** The customer of an account is its organization, by id, since two may share a name; without one, itself. */
export function customerOf({ id, name, organizationId, organizationName }: CustomerFacts): {
  id: string
  name: string
} {
  return { id: organizationId ?? `${ALONE}${id}`, name: organizationName ?? name ?? `Account ${id}` }
}

/** The address of a customer's page; null for an account without an organization. `id`: as `customerOf` gives it. */
export function customerPath(id: string): string | null {
  return id.startsWith(ALONE) ? null : `/customers/${encodeURIComponent(id)}`
}
