'use client'

import { useMemo } from 'react'
import type { Marks } from '@/components/inventory/use-marks'
import type { ViewModel } from '@/components/inventory/use-view'
import type { SelectionModel } from '@/components/selection/use-selection'
import { useToast } from '@/components/ui/toast'
import { plural } from '@/lib/client/format/format'
import { choiceOf, chosenSentence, rowsOfItems, whyNotChoosable } from '@/lib/domain/batches/choice'
import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import type { ListItem } from '@/lib/domain/inventory/view'
import { BatchDialog } from './batch-dialog'
import { BatchRecap } from './batch-recap'
import { CheckDialog } from './check-dialog'
import type { BatchDialogsState } from './use-batch-dialogs'

interface BatchesProps {
  flow: BatchDialogsState
  selection: SelectionModel
  view: ViewModel
  inventory: Inventory
  marks: Marks
  complete: boolean
  maxBatch: number
  holdSeconds: number
}

function rowsOfLine(line: ListItem): readonly NumberRow[] {
  if (line.kind === 'row') return [line]
  return line.kind === 'group' && !line.open ? line.group.rows : []
}

/** The dialogs of batches; loaded when the first one is opened. */
export default function BatchDialogs(props: BatchesProps) {
  const { flow, selection, view, inventory, marks, complete, maxBatch, holdSeconds } = props
  const toast = useToast()
  const { obstacle } = marks
  const reason = useMemo(() => whyNotChoosable(inventory, obstacle), [inventory, obstacle])
  const choose = (rows: readonly NumberRow[], text: string) => {
    selection.set(rows, true)
    flow.close()
    toast(text)
  }
  return (
    <>
      {flow.step === 'check' && (
        <CheckDialog
          inventory={inventory}
          obstacle={obstacle}
          complete={complete}
          onClose={flow.close}
          onChosen={(rows) => choose(rows, `${plural(rows.length, 'number')} selected.`)}
        />
      )}
      {flow.step === 'confirm' && (
        <BatchDialog
          asked={flow}
          listed={() => view.items.flatMap(rowsOfLine)}
          inventory={inventory}
          protectedBy={marks.protectedBy}
          complete={complete}
          maxBatch={maxBatch}
          holdSeconds={holdSeconds}
          onClose={flow.close}
          onStarted={(batchId, taken) => {
            selection.set(taken, false)
            selection.setAlone(false)
            flow.begin(batchId)
          }}
        />
      )}
      {flow.step === 'recap' && (
        <BatchRecap
          batchId={flow.batchId}
          onClose={flow.close}
          onReceipt={null}
          choice={(items) => choiceOf(items, reason)}
          onSelect={(choice, note) => {
            const rows = rowsOfItems(inventory, choice.items)
            choose(rows, chosenSentence(choice))
            selection.carry(rows, note)
          }}
        />
      )}
    </>
  )
}
