'use client'

import { useOnline } from '@/components/ui/hooks'
import { useHydrated } from '@/components/ui/hydration'
import { Notice } from '@/components/ui/notice'
import { useAccount } from './account-context'

/** Why nothing can be returned, for as long as that is so: the token's role, or no connection. */
export function StandingNotices({ complete }: { complete: boolean }) {
  const { canReturn, role } = useAccount()
  const hydrated = useHydrated()
  const online = useOnline()
  return (
    <>
      {!canReturn && (
        <Notice>
          <span>{`You can view numbers, but not return them: Vida does not let an ${role}’s token return `}</span>
          <span>numbers. Sign in with the reseller’s token to return.</span>
        </Notice>
      )}
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
