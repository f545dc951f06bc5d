import type { Account } from '@/lib/domain/accounts/account'
import type { VidaAccount } from '@/lib/server/vida/client'

type Known = Pick<VidaAccount, 'id' | 'name' | 'active'> & Partial<Pick<VidaAccount, 'canceledAt' | 'canceledReason'>>

/** An agent account as the account of its numbers; `organization` is null where the scan does not know it. */
export function agentAccount(account: Known, organization: Account | null): Account {
  return {
    ...own(account),
    organizationId: organization?.id ?? null,
    organizationName: organization?.name ?? null,
    organizationActive: organization?.active ?? null,
    organizationCanceledAt: organization?.canceledAt ?? null,
  }
}

/** An organization as the account of numbers of its own. */
export function organizationAccount(organization: Known): Account {
  return {
    ...own(organization),
    organizationId: organization.id,
    organizationName: organization.name,
    organizationActive: organization.active,
    organizationCanceledAt: organization.canceledAt ?? null,
  }
}

function own({ id, name, active, canceledAt = null, canceledReason = null }: Known) {
  return { id, name, active, canceledAt, canceledReason }
}
