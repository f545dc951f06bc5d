'use client'

import { useEffect, useRef, useState } from 'react'
import { AppLink } from '@/components/ui/app-link'
import { Button, buttonClass } from '@/components/ui/button'
import { ConfirmDescription, ConfirmDialog, DialogActions } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { useToast } from '@/components/ui/toast'
import { NOTE_LIMIT } from '@/lib/domain/returns/record'
import type { Told } from './outcome-wording'
import { ReturnConsequences, ReturnSubject } from './return-facts'
import type { ReturnTarget } from './target'
import { useReturn } from './use-return'

interface ReturnDialogProps {
  /** null: closed. */
  target: ReturnTarget | null
  last: 'yes' | 'maybe' | 'no'
  onClose: () => void
}

/** What became of it, before everything else; for assistive technology at once. */
function Answer({ told: { title, tone, text, next, quote } }: { told: Told }) {
  return (
    <div className="px-5 pt-5">
      <Notice tone={tone === 'good' ? 'info' : 'warn'} alert>
        <p className="text-lg font-semibold">{title}</p>
        {quote && <p className="mt-1 wrap-break-word">Vida said: “{quote}”</p>}
        <p className="mt-1 wrap-break-word">{text}</p>
        {next && <p className="mt-1 wrap-break-word">{next}</p>}
      </Notice>
    </div>
  )
}

function receiptHref(receiptId: string): string {
  return `/history?receipt=${encodeURIComponent(receiptId)}`
}

/** Where the record of it is, as exactly as is known. */
function recordOf({ receiptId }: Told, { number }: ReturnTarget) {
  return receiptId === null
    ? { href: `/history?q=${encodeURIComponent(number)}`, words: 'Open History' }
    : { href: receiptHref(receiptId), words: 'Open its receipt' }
}

/**
 * The confirmation. While a return runs, nothing closes it; it stays open on everything but success, and then its answer
 * takes the question's place. Its name stays the same.
 */
export function ReturnDialog({ target, last, onClose }: ReturnDialogProps) {
  const toast = useToast()
  const [note, setNote] = useState('')
  const keep = useRef<HTMLButtonElement>(null)
  const close = () => {
    setNote('')
    reset()
    onClose()
  }
  const { running, told, send, reset } = useReturn(({ tone, text, receiptId }) => {
    toast(
      text,
      tone === 'good' ? 'result' : 'caution',
      receiptId === null ? undefined : { href: receiptHref(receiptId), words: 'View receipt' },
    )
    close()
  })
  const answer = told && told.after !== 'done' && !running ? told : null
  const answered = answer !== null && answer.after !== 'again'
  // The pressed button is gone then; the focus may not be lost with it.
  useEffect(() => {
    if (answered) keep.current?.focus()
  }, [answered])
  const record = answer?.after === 'locked' && target ? recordOf(answer, target) : null
  return (
    <ConfirmDialog
      open={target !== null}
      onClose={() => {
        if (!running) close()
      }}
      title="Return this number?"
      answered={answered}
      firstFocus={keep}
    >
      {target && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
          }}
        >
          {answer && <Answer told={answer} />}
          <ConfirmDescription>
            <ReturnSubject target={target} />
            {!answered && <ReturnConsequences target={target} last={last} />}
          </ConfirmDescription>
          {!answered && (
            <div className="grid gap-3 px-5 pt-4">
              <Field
                label="Note"
                hint="Optional: a ticket or a reason, for the receipt."
                maxLength={NOTE_LIMIT}
                readOnly={running}
                value={note}
                autoComplete="off"
                onChange={(event) => setNote(event.target.value)}
              />
              <p aria-live="polite" className="text-ink-2 empty:-mt-3">
                {running &&
                  `Returning ${target.number}. This can take half a minute; it runs on even if this page is closed.`}
              </p>
            </div>
          )}
          <DialogActions>
            <Button ref={keep} blocked={running} onClick={close}>
              {record || (answered && !target.row) ? 'Close' : 'Keep number'}
            </Button>
            {record && (
              <AppLink href={record.href} className={buttonClass('primary')}>
                {record.words}
              </AppLink>
            )}
            {!answered && (
              <Button variant="danger" busy={running} onClick={() => send(target, note)}>
                Return number
              </Button>
            )}
          </DialogActions>
        </form>
      )}
    </ConfirmDialog>
  )
}
