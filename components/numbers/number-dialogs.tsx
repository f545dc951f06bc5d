'use client'

import { useAccount } from '@/components/inventory/account-context'
import { obstacleWording } from '@/components/inventory/wording'
import { ByHandDialog } from '@/components/returns/by-hand-dialog'
import { ReturnDialog } from '@/components/returns/return-dialog'
import { isLastNumber, type ReturnTarget } from '@/components/returns/target'
import { useToast } from '@/components/ui/toast'
import { UNMARKED } from '@/lib/domain/inventory/marks'
import { protectedSentence } from '@/lib/domain/protections/wording'
import { NumberDrawer } from './number-drawer'
import { useNumbers } from './numbers-context'
import { nextLine } from './placed-row'
import { WhichDialog } from './which-dialog'

/** The dialogs about one number; a file of its own because it is fetched after the list is on screen. */
export default function NumberDialogs() {
  const { canReturn } = useAccount()
  const { holdSeconds, flow, model, marks, returns, selection, batch } = useNumbers()
  const { target, byHand } = flow
  const toast = useToast()
  const protection = target && (marks.protectedBy.get(target.number) ?? null)
  // The list offers no number that can't be returned now, but one can be typed.
  const confirmTyped = (typed: ReturnTarget) => {
    const { batchSize } = marks.rows.get(typed.row?.key ?? '') ?? UNMARKED
    const protectedBy = marks.protectedBy.get(typed.number) ?? null
    const why = obstacleWording({ obstacle: marks.obstacle(typed), batchSize, protection: protectedBy })
    if (why === null) return flow.confirm(typed)
    flow.close()
    toast(why.startsWith(typed.number) ? why : `${typed.number}: ${why}`, 'failure')
  }
  return (
    <>
      <NumberDrawer />
      {canReturn && (
        <>
          <ByHandDialog open={byHand} onClose={flow.close} model={model} onChosen={confirmTyped} />
          <WhichDialog
            target={flow.which}
            selected={selection.rows}
            onClose={flow.close}
            onTarget={flow.confirm}
            onSelected={() => {
              flow.close()
              batch.confirm(selection.rows, { note: selection.note, about: null })
            }}
          />
          <ReturnDialog
            target={target}
            last={target ? isLastNumber(target, model.inventory.accounts, model.state.complete) : 'no'}
            holdSeconds={holdSeconds}
            onClose={flow.close}
            onConfirm={returns.confirm}
            whyNot={protection && protectedSentence(protection)}
            nextLine={(confirmed) => confirmed.row && nextLine(selection.listed(), confirmed.row.key)}
          />
        </>
      )}
    </>
  )
}
