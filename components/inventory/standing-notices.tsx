'use client'

import { useOnline } from '@/components/ui/hooks'
import { useHydrated } from '@/components/ui/hydration'
import { Notice } from '@/components/ui/notice'
import { useAccount } from './account-context'

/** For a token whose role may not return. */
export function ReadOnlyNotice() {
  const { canReturn, role } = useAccount()
  if (canReturn) return null
  return (
    <Notice>
      <span>{`You can view numbers, but not return them: Vida does not let an ${role}’s token return `}</span>
      <span>numbers. Sign in with the reseller’s token to return.</span>
    </Notice>
  )
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
