import 'server-only'
import { mayReturn, type Role, type SignedInAccount } from '@/lib/domain/session/account'
import type { Settings } from '@/lib/server/config/settings'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'

type Rights = Pick<Settings, 'readOnly' | 'allowUnknownRole'>

export function canReturn(settings: Rights, role: Role): boolean {
  return !settings.readOnly && mayReturn(role, settings)
}

/** @throws Problem `read_only`, `not_allowed` */
export function requireMayReturn({ settings }: Context, { role }: Pick<SignedInAccount, 'role'>): void {
  if (settings.readOnly) throw new Problem('read_only')
  if (!canReturn(settings, role)) throw new Problem('not_allowed')
}
