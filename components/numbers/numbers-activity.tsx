'use client'

import { useMemo } from 'react'
import { useListPage } from '@/components/activity/activity-context'
import { ActivityEntries } from '@/components/activity/activity-entries'
import { useAccount } from '@/components/inventory/account-context'
import { useOnline } from '@/components/ui/hooks'
import { plural } from '@/lib/client/format/format'
import type { Batch } from '@/lib/domain/batches/batch'
import type { Rest } from '@/lib/domain/batches/rest'
import { ChangesEntry } from './changes-entry'
import { useNumbers } from './numbers-context'
import { PartialEntry } from './partial-entry'

/** What the list adds to Activity: its state, what changed, and the dialogs of batches. */
export function NumbersActivity() {
  const { canReturn } = useAccount()
  const { batch, model, marks } = useNumbers()
  const { failure, inventory, state, reading, changed } = model
  const { obstacle } = marks
  const { recap, confirm } = batch
  const page = useMemo(
    () =>
      canReturn
        ? {
            openBatch: recap,
            inventory,
            obstacle,
            returnRest: (ended: Batch, { rows, leftOut }: Rest) => {
              const about = `The batch of ${plural(ended.total, 'number')} did not send ${rows.length === 1 ? 'it' : 'these'}. ${leftOut}`
              confirm(rows, { note: ended.note ?? '', about })
            },
          }
        : null,
    [canReturn, recap, confirm, inventory, obstacle],
  )
  useListPage(page)
  const online = useOnline()
  const failed = failure !== null && inventory.total > 0 && online
  const partial = !reading && failure === null && state.ended && !state.complete
  return (
    <>
      <ActivityEntries section="needs" count={Number(!online) + Number(failed) + Number(partial)}>
        {!online && (
          <p>
            <span className="font-medium text-ink">You are offline.</span>{' '}
            <span>
              The list shows the last data read; reading resumes when you are online. No number can be returned
              meanwhile.
            </span>
          </p>
        )}
        {failed && (
          <p>
            <span className="font-medium text-ink">The list could not be read.</span> <span>{failure}</span>
          </p>
        )}
        {partial && <PartialEntry />}
      </ActivityEntries>
      <ActivityEntries section="changed" count={changed}>
        <ChangesEntry />
      </ActivityEntries>
    </>
  )
}
