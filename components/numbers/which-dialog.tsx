'use client'

import { useRef } from 'react'
import type { ReturnTarget } from '@/components/returns/target'
import { Button } from '@/components/ui/button'
import { ConfirmDescription, ConfirmDialog, DialogActions } from '@/components/ui/dialog'
import { plural } from '@/lib/client/format/format'
import type { NumberRow } from '@/lib/domain/inventory/rows'

interface WhichDialogProps {
  target: ReturnTarget | null
  selected: readonly NumberRow[]
  onClose: () => void
  onTarget: (target: ReturnTarget) => void
  onSelected: () => void
}

/** For `r` on a row beside a selection without it. Each answer leads to the ordinary confirmation. */
export function WhichDialog({ target, selected, onClose, onTarget, onSelected }: WhichDialogProps) {
  const none = useRef<HTMLButtonElement>(null)
  const numbers = plural(selected.length, 'selected number')
  return (
    <ConfirmDialog open={target !== null} onClose={onClose} title="Which do you mean?" firstFocus={none}>
      {target && (
        <>
          <ConfirmDescription>
            <p>
              <span translate="no">{target.number}</span>
              <span> has the focus, but is not selected. Nothing is sent before you have confirmed.</span>
            </p>
          </ConfirmDescription>
          <DialogActions>
            <Button ref={none} onClick={onClose}>
              None
            </Button>
            <Button translate="no" onClick={() => onTarget(target)}>
              {`${target.number}…`}
            </Button>
            {selected.length > 0 && <Button onClick={onSelected}>{`The ${numbers}…`}</Button>}
          </DialogActions>
        </>
      )}
    </ConfirmDialog>
  )
}
