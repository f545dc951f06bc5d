'use client'

import { useEffect, useRef, useState } from 'react'
import { NOTE_LIMIT } from '@/lib/returns/record'
import { useAnnounce } from '../shell/announcer'
import { AppLink } from '../ui/app-link'
import { Button, buttonClass } from '../ui/button'
import { ConfirmDescription, ConfirmDialog, DialogActions } from '../ui/dialog'
import { Field } from '../ui/field'
import { Notice } from '../ui/notice'
import { ReturnFacts } from './return-facts'
import type { ReturnTarget } from './target'
import { useReturn } from './use-return'

interface ReturnDialogProps {
  /** null: closed. */
  target: ReturnTarget | null
  last: 'yes' | 'maybe' | 'no'
  /** Called just before the number leaves the list, while the list still holds it. */
  onGone: () => void
  onClose: () => void
  onCloseAutoFocus: (event: Event) => void
}

/** The confirmation. While a return runs, nothing closes it; it stays open on everything but success. */
export function ReturnDialog({ target, last, onGone, onClose, onCloseAutoFocus }: ReturnDialogProps) {
  const announce = useAnnounce()
  const [note, setNote] = useState('')
  const keep = useRef<HTMLButtonElement>(null)
  const close = () => {
    setNote('')
    reset()
    onClose()
  }
  const { running, told, send, reset } = useReturn({
    onGone,
    onDone: ({ text }) => {
      announce(text)
      close()
    },
  })
  const locked = told?.after === 'locked'
  // The pressed button is gone then; the focus may not be lost with it.
  useEffect(() => {
    if (locked) keep.current?.focus()
  }, [locked])
  return (
    <ConfirmDialog
      open={target !== null}
      onClose={() => {
        if (!running) close()
      }}
      title="Return this number?"
      firstFocus={keep}
      onCloseAutoFocus={onCloseAutoFocus}
    >
      {target && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
          }}
        >
          <ConfirmDescription>
            <ReturnFacts target={target} last={last} />
          </ConfirmDescription>
          <div className="grid gap-3 px-5 pt-4">
            {!locked && (
              <Field
                label="Note"
                hint="Optional: a ticket or a reason, for the receipt."
                maxLength={NOTE_LIMIT}
                readOnly={running}
                value={note}
                autoComplete="off"
                onChange={(event) => setNote(event.target.value)}
              />
            )}
            {told && told.after !== 'done' && !running && (
              <Notice tone="warn" alert>
                <p>{told.text}</p>
                {told.quote && <p className="mt-1 wrap-break-word">Vida said: “{told.quote}”</p>}
              </Notice>
            )}
            <p aria-live="polite" className="text-ink-2 empty:-mt-3">
              {running &&
                `Returning ${target.number}. This can take half a minute; it runs on even if this page is closed.`}
            </p>
          </div>
          <DialogActions>
            {locked ? (
              <>
                <Button ref={keep} onClick={close}>
                  Close
                </Button>
                <AppLink href="/history" className={buttonClass('primary')}>
                  Open History
                </AppLink>
              </>
            ) : (
              <>
                <Button ref={keep} blocked={running} onClick={close}>
                  Keep number
                </Button>
                <Button look="danger" busy={running} onClick={() => send(target, note)}>
                  Return number
                </Button>
              </>
            )}
          </DialogActions>
        </form>
      )}
    </ConfirmDialog>
  )
}
