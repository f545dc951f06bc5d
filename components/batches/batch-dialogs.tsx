'use client'

import { useMemo } from 'react'
import type { Marks } from '@/components/inventory/use-marks'
import type { ViewModel } from '@/components/inventory/use-view'
import type { SelectionModel } from '@/components/selection/use-selection'
import { useToast } from '@/components/ui/toast'
import { plural } from '@/lib/client/format/format'
import { choiceOf, chosenSentence, keptFromList, rowsOfItems } from '@/lib/domain/batches/choice'
import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import type { ListItem } from '@/lib/domain/inventory/view'
import { BatchDialog } from './batch-dialog'
import { BatchRecap } from './batch-recap'
import { PasteDialog } from './paste-dialog'
import type { BatchDialogsState } from './use-batch-dialogs'

interface BatchesProps {
  flow: BatchDialogsState
  selection: SelectionModel
  view: ViewModel
  inventory: Inventory
  marks: Marks
  complete: boolean
  maxBatch: number
}

/** The rows of a line as it stands in the list; those of a folded customer are in its place. */
function rowsOfLine(line: ListItem): readonly NumberRow[] {
  if (line.kind === 'row') return [line.row]
  return line.kind === 'group' && !line.open ? line.group.rows : []
}

/** The dialogs of batches; a file of its own because it is fetched when one of them is opened. */
export default function BatchDialogs({ flow, selection, view, inventory, marks, complete, maxBatch }: BatchesProps) {
  const toast = useToast()
  const { obstacle } = marks
  const keeps = useMemo(() => keptFromList(inventory, obstacle), [inventory, obstacle])
  const choose = (rows: readonly NumberRow[], told: string) => {
    selection.set(rows, true)
    flow.close()
    toast(told)
  }
  return (
    <>
      <PasteDialog
        open={flow.step === 'paste'}
        inventory={inventory}
        canBeChosen={marks.canBeChosen}
        complete={complete}
        onClose={flow.close}
        onChosen={(rows) => choose(rows, `${plural(rows.length, 'number')} selected.`)}
      />
      <BatchDialog
        asked={flow.step === 'confirm' ? flow : null}
        listed={() => view.items.flatMap(rowsOfLine)}
        inventory={inventory}
        complete={complete}
        maxBatch={maxBatch}
        onClose={flow.close}
        onStarted={(batchId, begun) => {
          selection.set(begun, false)
          selection.setAlone(false)
          flow.begin(batchId)
        }}
      />
      <BatchRecap
        batchId={flow.step === 'recap' ? flow.batchId : null}
        onClose={flow.close}
        onReceipt={null}
        choice={(items) => choiceOf(items, keeps)}
        onSelect={(choice, note) => {
          const rows = rowsOfItems(inventory, choice.items)
          choose(rows, chosenSentence(choice))
          selection.carry(rows, note)
        }}
      />
    </>
  )
}
