'use client'

import { StandingNotices } from '@/components/inventory/standing-notices'
import { Button } from '@/components/ui/button'
import { useOnline } from '@/components/ui/hooks'
import { Notice } from '@/components/ui/notice'
import { useNumbers } from './numbers-context'
import { PartialNotice } from './partial-notice'

export function NumbersNotices() {
  const { model } = useNumbers()
  const online = useOnline()
  const { failure, inventory, state, reading, retry, retrying } = model
  return (
    <div className="mb-4 grid gap-2 empty:hidden">
      <StandingNotices complete={state.complete} />
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
