'use client'

import { StandingNotices } from '@/components/inventory/standing-notices'
import type { InventoryModel } from '@/components/inventory/use-inventory'
import { Button } from '@/components/ui/button'
import { useOnline } from '@/components/ui/hooks'
import { Notice } from '@/components/ui/notice'
import { plural } from '@/lib/client/format/format'
import type { ProblemEvent } from '@/lib/domain/inventory/events'
import { failedOrganizations, type InventoryState } from '@/lib/domain/inventory/state'

/** “Not complete: 2 accounts could not be read.” */
function incompleteSentence({ accountsFailed, problems }: InventoryState): string {
  const organizations = failedOrganizations(problems)
  const failed = [
    accountsFailed > 0 && plural(accountsFailed, 'account'),
    organizations > 0 && plural(organizations, 'organization'),
  ]
    .filter(Boolean)
    .join(' and ')
  return failed ? `Not complete: ${failed} could not be read.` : 'Not complete: not all accounts were found.'
}

interface CustomerNoticesProps {
  model: InventoryModel
  /** The customer's own. */
  problems: readonly ProblemEvent[]
}

export function CustomerNotices({ model, problems }: CustomerNoticesProps) {
  const online = useOnline()
  const { state, reading, failure, retry, retrying } = model
  const incomplete = !reading && state.ended && !state.complete
  return (
    <div className="mb-4 grid gap-2 empty:hidden">
      <StandingNotices complete={state.complete} />
      {online && (failure || incomplete) && (
        <Notice
          tone="warn"
          alert
          action={
            <Button onClick={retry} busy={retrying}>
              Retry
            </Button>
          }
        >
          {failure ? (
            <p>{`The list could not be read. ${failure} What you see is older.`}</p>
          ) : (
            <p>
              <span>{incompleteSentence(state)}</span>
              <span>{problems.length === 0 && ' None of them is known to be this customer’s, but any may be.'}</span>
              <span> There may be more numbers than these.</span>
            </p>
          )}
          {problems.map(({ code, detail, account, organization }) => (
            <p key={`${code} ${account?.id ?? organization?.id}`}>
              <strong className="font-medium">
                <bdi translate="no">{account?.name ?? organization?.name}</bdi>
              </strong>
              <span>{`: ${detail}`}</span>
            </p>
          ))}
        </Notice>
      )}
    </div>
  )
}
