'use client'

import type { Inventory, NumberRow } from '@/lib/inventory/rows'
import { useAnnounce } from '../shell/announcer'
import { BatchDialog } from './batch-dialog'
import { JobRecap } from './job-recap'
import { PasteDialog } from './paste-dialog'
import type { BatchFlow } from './use-batch-flow'
import type { SelectionModel } from './use-selection'

interface BatchesProps {
  flow: BatchFlow
  selection: SelectionModel
  inventory: Inventory
  complete: boolean
  maxBatch: number
}

/** The dialogs of batches; a file of its own because it is fetched when one of them is opened. */
export default function Batches({ flow, selection, inventory, complete, maxBatch }: BatchesProps) {
  const announce = useAnnounce()
  const choose = (rows: readonly NumberRow[]) => {
    selection.set(rows, true)
    flow.close()
    if (rows.length === 0) announce('None of these is in the list any more, so nothing was selected.')
  }
  return (
    <>
      <PasteDialog
        open={flow.step === 'paste'}
        inventory={inventory}
        complete={complete}
        onClose={flow.close}
        onChosen={choose}
      />
      <BatchDialog
        rows={flow.step === 'confirm' ? flow.rows : null}
        inventory={inventory}
        complete={complete}
        maxBatch={maxBatch}
        onClose={flow.close}
        onStarted={(jobId) => {
          selection.clear()
          flow.begin(jobId)
        }}
      />
      <JobRecap
        jobId={flow.step === 'recap' ? flow.jobId : null}
        onClose={flow.close}
        onReceipt={null}
        onSelect={(items) => {
          const wanted = new Set(items.map(({ number, accountId }) => `${accountId} ${number}`))
          choose(inventory.accounts.flatMap(({ rows }) => rows.filter(({ key }) => wanted.has(key))))
        }}
      />
    </>
  )
}
