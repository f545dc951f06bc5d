import type { Holder } from '@/lib/domain/inventory/events'
import type { VidaAccount } from '@/lib/server/vida/client'

type Known = Pick<VidaAccount, 'id' | 'name' | 'active'> & Partial<Pick<VidaAccount, 'canceledAt' | 'canceledReason'>>

/** An agent account as the holder of its numbers; `organization` is null where the scan does not know it. */
export function agentHolder(account: Known, organization: Holder | null): Holder {
  return {
    ...own(account),
    organizationId: organization?.id ?? null,
    organizationName: organization?.name ?? null,
    organizationActive: organization?.active ?? null,
    organizationCanceledAt: organization?.canceledAt ?? null,
  }
}

/** An organization as the holder of numbers of its own. */
export function organizationHolder(organization: Known): Holder {
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
