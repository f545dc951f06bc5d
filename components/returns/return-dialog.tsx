'use client'

import { usePrefetchQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ReasonField, useReasonMissing } from '@/components/inventory/reason-field'
import { Button } from '@/components/ui/button'
import { ConfirmDescription, ConfirmDialog, DialogActions } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { IrreversibleButton } from '@/components/ui/irreversible-button'
import { Notice } from '@/components/ui/notice'
import { settingsQuery } from '@/lib/client/queries/settings'
import { NOTE_LIMIT } from '@/lib/domain/returns/record'
import { ReturnConsequences, ReturnSubject } from './return-facts'
import type { ReturnTarget, Said } from './target'

interface ReturnDialogProps {
  target: ReturnTarget | null
  last: 'yes' | 'maybe' | 'no'
  holdSeconds: number
  /** It can't be returned since the dialog opened. */
  whyNot: string | null
  onClose: () => void
  onConfirm: (target: ReturnTarget, said: Said) => void
  /** Where the focus goes on to after a confirmation; null: back to where it was. */
  nextLine: (confirmed: ReturnTarget) => HTMLElement | null
}

/** Closes at once: what becomes of the return is shown at its row. */
export function ReturnDialog({ target, last, holdSeconds, whyNot, onClose, onConfirm, nextLine }: ReturnDialogProps) {
  const [note, setNote] = useState('')
  const [reason, setReason] = useState('')
  const reasonMissing = useReasonMissing(reason)
  usePrefetchQuery(settingsQuery)
  const keep = useRef<HTMLButtonElement>(null)
  const confirmed = useRef<ReturnTarget | null>(null)
  const close = () => {
    setNote('')
    setReason('')
    onClose()
  }
  const confirm = (asked: ReturnTarget) => {
    confirmed.current = asked
    onConfirm(asked, { reason, note })
    close()
  }
  const goesOnTo = () => {
    const line = confirmed.current && nextLine(confirmed.current)
    confirmed.current = null
    return line
  }
  return (
    <ConfirmDialog
      open={target !== null}
      onClose={close}
      title="Return this number?"
      firstFocus={keep}
      goesOnTo={goesOnTo}
    >
      {target && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
          }}
        >
          <ConfirmDescription>
            <ReturnSubject target={target} />
            <ReturnConsequences target={target} last={last} holdSeconds={holdSeconds} />
          </ConfirmDescription>
          <div className="grid gap-3 px-5 pt-4">
            <ReasonField value={reason} onChange={setReason} />
            <Field
              label="Note"
              hint="Optional. A ticket, for the receipt."
              maxLength={NOTE_LIMIT}
              value={note}
              autoComplete="off"
              onChange={(event) => setNote(event.target.value)}
            />
            {whyNot && (
              <Notice tone="warn" alert>
                {`${whyNot} It can’t be returned.`}
              </Notice>
            )}
          </div>
          <DialogActions>
            <Button ref={keep} onClick={close}>
              Keep number
            </Button>
            <IrreversibleButton
              confirms={`${target.number} ${target.row?.key}`}
              variant="danger"
              blocked={reasonMissing || whyNot !== null}
              onClick={() => confirm(target)}
            >
              Return number
            </IrreversibleButton>
          </DialogActions>
        </form>
      )}
    </ConfirmDialog>
  )
}
