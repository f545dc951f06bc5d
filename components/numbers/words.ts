import type { AccountState } from '@/lib/inventory/rows'

export const STATE_WORDS: Record<AccountState, string> = {
  active: 'Active',
  inactive: 'Inactive',
  cancelled: 'Cancelled',
  unstated: 'Not stated',
}
