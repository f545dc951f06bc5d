import 'server-only'
import type { Settings } from '@/lib/server/config/settings'

export function isAllowedAccount({ allowedAccountIds }: Pick<Settings, 'allowedAccountIds'>, id: string): boolean {
  return allowedAccountIds === null || allowedAccountIds.includes(id)
}
