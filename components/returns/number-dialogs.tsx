'use client'

import type { InventoryModel } from '../numbers/use-inventory'
import { ByHandDialog } from './by-hand-dialog'
import { ReturnDialog } from './return-dialog'
import { isLastNumber } from './target'
import type { ReturnFlow } from './use-return-flow'

interface NumberDialogsProps {
  flow: ReturnFlow
  model: InventoryModel
  /** The number that a confirmation was opened for is about to leave the list. */
  onGone: () => void
  onCloseAutoFocus: (event: Event) => void
}

/** Both ways to return one number; a file of its own because it is fetched after the list is on screen. */
export default function NumberDialogs({ flow, model, onGone, onCloseAutoFocus }: NumberDialogsProps) {
  const { target, byHand } = flow
  const last = target ? isLastNumber(target, model.inventory.accounts, model.state.complete) : 'no'
  return (
    <>
      <ByHandDialog open={byHand} onClose={flow.close} model={model} onChosen={flow.confirm} />
      <ReturnDialog
        target={target}
        last={last}
        onGone={onGone}
        onClose={flow.close}
        onCloseAutoFocus={onCloseAutoFocus}
      />
    </>
  )
}
