'use client'

import type { SignedInAccount } from '@/lib/session/account'
import { Button } from '../ui/button'
import { useHydrated, useOnline } from '../ui/hooks'
import { Notice } from '../ui/notice'
import { PartialNotice } from './partial-notice'
import type { InventoryModel } from './use-inventory'

interface NoticesProps {
  model: InventoryModel
  account: SignedInAccount
}

/** What a person has to know before trusting the list. */
export function NumbersNotices({ model, account }: NoticesProps) {
  const hydrated = useHydrated()
  const online = useOnline()
  const { error, inventory, state, reading, retry, retrying } = model
  const failed = error !== null && inventory.total > 0
  return (
    <div className="mb-4 grid gap-2 empty:hidden">
      {!account.canReturn && (
        <Notice>
          You can look, but not return: Vida lets only a reseller’s token return numbers, and this one is an{' '}
          {account.role}’s. Sign in with the reseller’s token to return.
        </Notice>
      )}
      {hydrated && !online && (
        <Notice tone="warn">
          You are offline. The list stays as it was read; reading goes on by itself when you are back.
        </Notice>
      )}
      {failed && (
        <Notice
          tone="warn"
          alert
          action={
            <Button onClick={retry} busy={retrying}>
              Retry
            </Button>
          }
        >
          The list could not be read to its end. {error.message}{' '}
          {state.complete ? '' : 'What was not read again is shown as it was before.'}
        </Notice>
      )}
      {!reading && !error && state.readAt && !state.complete && <PartialNotice model={model} />}
    </div>
  )
}
