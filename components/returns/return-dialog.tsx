'use client'

import { useEffect, useRef, useState } from 'react'
import { AppLink } from '@/components/ui/app-link'
import { Button, buttonClass } from '@/components/ui/button'
import { ConfirmDescription, ConfirmDialog, DialogActions } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { IrreversibleButton } from '@/components/ui/irreversible-button'
import { Notice } from '@/components/ui/notice'
import { useToast } from '@/components/ui/toast'
import { NOTE_LIMIT } from '@/lib/domain/returns/record'
import type { ReturnResult } from './outcome-wording'
import { ReturnConsequences, ReturnSubject } from './return-facts'
import type { ReturnTarget } from './target'
import { useReturn } from './use-return'

interface ReturnDialogProps {
  target: ReturnTarget | null
  last: 'yes' | 'maybe' | 'no'
  onClose: () => void
}

function Result({ result: { title, tone, text, next, quote } }: { result: ReturnResult }) {
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

function recordLink({ receiptId }: ReturnResult, { number }: ReturnTarget) {
  return receiptId === null
    ? { href: `/history?q=${encodeURIComponent(number)}`, label: 'Open History' }
    : { href: receiptHref(receiptId), label: 'Open receipt' }
}

/** Nothing closes it while the return runs; on anything but success it stays open and shows the result. */
export function ReturnDialog({ target, last, onClose }: ReturnDialogProps) {
  const toast = useToast()
  const [note, setNote] = useState('')
  const keep = useRef<HTMLButtonElement>(null)
  const close = () => {
    setNote('')
    reset()
    onClose()
  }
  const { running, result, send, reset } = useReturn(({ tone, text, receiptId }) => {
    toast(
      text,
      tone === 'good' ? 'result' : 'caution',
      receiptId === null ? undefined : { href: receiptHref(receiptId), words: 'View receipt' },
    )
    close()
  })
  const answer = result && result.after !== 'done' && !running ? result : null
  const answered = answer !== null && answer.after !== 'again'
  // The pressed button is gone then, and would take the focus with it.
  useEffect(() => {
    if (answered) keep.current?.focus()
  }, [answered])
  const record = answer?.after === 'locked' && target ? recordLink(answer, target) : null
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
          {answer && <Result result={answer} />}
          <ConfirmDescription>
            <ReturnSubject target={target} />
            {!answered && <ReturnConsequences target={target} last={last} />}
          </ConfirmDescription>
          {!answered && (
            <div className="grid gap-3 px-5 pt-4">
              <Field
                label="Note"
                hint="Optional. A ticket or a reason, for the receipt."
                maxLength={NOTE_LIMIT}
                readOnly={running}
                value={note}
                autoComplete="off"
                onChange={(event) => setNote(event.target.value)}
              />
              <p aria-live="polite" className="text-ink-2 empty:-mt-3">
                {running &&
                  `Returning ${target.number}. This can take half a minute and continues even if you close this page.`}
              </p>
            </div>
          )}
          <DialogActions>
            <Button ref={keep} blocked={running} onClick={close}>
              {record || (answered && !target.row) ? 'Close' : 'Keep number'}
            </Button>
            {record && (
              <AppLink href={record.href} className={buttonClass('primary')}>
                {record.label}
              </AppLink>
            )}
            {!answered && (
              <IrreversibleButton
                confirms={`${target.number} ${target.row?.key}`}
                variant="danger"
                busy={running}
                onClick={() => send(target, note)}
              >
                Return number
              </IrreversibleButton>
            )}
          </DialogActions>
        </form>
      )}
    </ConfirmDialog>
  )
}
