import type { Role } from '@/lib/domain/session/account'

export const ROLE_WORDING: Record<Role, string> = {
  administrator: 'Administrator',
  partner: 'Partner',
  reseller: 'Reseller',
  organization: 'Organization',
  agent: 'Agent',
  unknown: 'Role unknown',
}
