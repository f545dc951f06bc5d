import type { VidaAccount } from '@/lib/server/vida/account'

export const vidaAccount = (id: number | string, active: boolean | null = null): VidaAccount => ({
  id: String(id),
  name: `n${id}`,
  active,
  canceledAt: null,
  canceledReason: null,
  mainNumber: null,
  organizationId: null,
  resellerId: null,
  partnerId: null,
})

export const idsOf = (accounts: readonly VidaAccount[]) => accounts.map(({ id }) => id)
