'use client'

import { useOnline } from '@/components/ui/hooks'
import { useHydrated } from '@/components/ui/hydration'
import { Notice } from '@/components/ui/notice'
import type { Role } from '@/lib/domain/session/account'
import { useAccount } from './account-context'

const WHY: Partial<Record<Role, string>> = {
  organization:
    'Vida does not let an organization’s token return numbers. Sign in with the reseller’s token to return.',
  agent: 'Vida does not let an agent’s token return numbers. Sign in with the reseller’s token to return.',
  unknown:
    'Vida does not say which role this token has. Sign in with a reseller’s token, or ask your operator to set ALLOW_UNKNOWN_ROLE=1.',
}

/** For a token whose role may not return; the banner says so where nobody may. */
export function ReadOnlyNotice() {
  const { canReturn, role } = useAccount()
  const why = WHY[role]
  if (canReturn || !why) return null
  return <Notice>{`You can view numbers, but not return them: ${why}`}</Notice>
}

/** Why nothing can be returned, for as long as that is so: the token's role, or no connection. */
export function StandingNotices({ complete }: { complete: boolean }) {
  const hydrated = useHydrated()
  const online = useOnline()
  return (
    <>
      <ReadOnlyNotice />
      {hydrated && !online && (
        <Notice tone="warn">
          <span>You are offline. The list shows the last data read</span>
          {!complete && <span>; reading resumes when you are online</span>}
          <span>. No number can be returned while you are offline: nothing is sent.</span>
        </Notice>
      )}
    </>
  )
}
