'use client'

import type { InventoryModel } from '@/components/inventory/use-inventory'
import type { RowMarks } from '@/components/inventory/use-marks'
import { ByHandDialog } from '@/components/returns/by-hand-dialog'
import { ReturnDialog } from '@/components/returns/return-dialog'
import { isLastNumber } from '@/components/returns/target'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { NumberDrawer } from './number-drawer'
import type { ShowNumbers } from './number-facts'
import type { ReturnFlow } from './use-number-dialogs'

interface NumberDialogsProps {
  flow: ReturnFlow
  model: InventoryModel
  marks: RowMarks
  /** The number whose page is open, and how to go to another or to none. */
  number: string | null
  onNumber: (number: string | null) => void
  onShow: ShowNumbers
  /** null: this token may not return. */
  onReturn: ((row: NumberRow) => void) | null
  /** The number that a confirmation was opened for is about to leave the list. */
  onGone: () => void
  onCloseAutoFocus: (event: Event) => void
}

/** All dialogs of the numbers page; a file of its own because it is fetched after the list is on screen. */
export default function NumberDialogs(props: NumberDialogsProps) {
  const { flow, model, marks, number, onNumber, onShow, onReturn, onGone, onCloseAutoFocus } = props
  const { target, byHand } = flow
  const last = target ? isLastNumber(target, model.inventory.accounts, model.state.complete) : 'no'
  // A dialog that gives way to the confirmation leaves the focus there.
  const giveWay = (event: Event) => {
    if (target) event.preventDefault()
    else onCloseAutoFocus(event)
  }
  return (
    <>
      <NumberDrawer
        number={number}
        model={model}
        marks={marks}
        onOpen={onNumber}
        onClose={() => onNumber(null)}
        onShow={onShow}
        onReturn={onReturn}
        onCloseAutoFocus={giveWay}
      />
      {onReturn && (
        <>
          <ByHandDialog
            open={byHand}
            onClose={flow.close}
            model={model}
            onChosen={flow.confirm}
            onCloseAutoFocus={giveWay}
          />
          <ReturnDialog
            target={target}
            last={last}
            onGone={onGone}
            onClose={flow.close}
            onCloseAutoFocus={onCloseAutoFocus}
          />
        </>
      )}
    </>
  )
}
