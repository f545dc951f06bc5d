'use client'

import { useAccount } from '@/components/inventory/account-context'
import { Button } from '@/components/ui/button'
import { useOnline } from '@/components/ui/hooks'
import { useHydrated } from '@/components/ui/hydration'
import { Notice } from '@/components/ui/notice'
import { useNumbers } from './numbers-context'
import { PartialNotice } from './partial-notice'

export function NumbersNotices() {
  const account = useAccount()
  const { model } = useNumbers()
  const hydrated = useHydrated()
  const online = useOnline()
  const { failure, inventory, state, reading, retry, retrying } = model
  return (
    <div className="mb-4 grid gap-2 empty:hidden">
      {!account.canReturn && (
        <Notice>
          <span>{`You can view numbers, but not return them: Vida does not let an ${account.role}’s token return `}</span>
          <span>numbers. Sign in with the reseller’s token to return.</span>
        </Notice>
      )}
      {hydrated && !online && (
        <Notice tone="warn">
          <span>You are offline. The list shows the last data read</span>
          {!state.complete && <span>; reading resumes when you are online</span>}
          <span>. No number can be returned while you are offline: nothing is sent.</span>
        </Notice>
      )}
      {failure && inventory.total > 0 && online && (
        <Notice
          tone="warn"
          alert
          action={
            <Button onClick={retry} busy={retrying}>
              Retry
            </Button>
          }
        >
          {`The list could not be read. ${failure} ${state.complete ? '' : 'The list shows earlier data.'}`}
        </Notice>
      )}
      {!reading && !failure && state.ended && !state.complete && <PartialNotice />}
    </div>
  )
}
