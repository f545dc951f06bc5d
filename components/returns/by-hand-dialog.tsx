'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { postParse } from '@/lib/returns/query'
import type { InventoryModel } from '../numbers/use-inventory'
import { Button } from '../ui/button'
import { Dialog, DialogActions } from '../ui/dialog'
import { Field } from '../ui/field'
import { formatCountry } from '../ui/format'
import { Notice } from '../ui/notice'
import { type ReturnTarget, rowsOfNumber, targetOf } from './target'

interface ByHandDialogProps {
  open: boolean
  onClose: () => void
  model: InventoryModel
  /** The number as it was shown back; the confirmation follows. */
  onChosen: (target: ReturnTarget) => void
}

/** A number that the list does not show: typed, read by the server, shown back in full, then confirmed like any other. */
export function ByHandDialog({ open, onClose, model, onChosen }: ByHandDialogProps) {
  const [text, setText] = useState('')
  const parse = useMutation({ mutationFn: postParse })
  const parsed = parse.data ?? null
  const rows = parsed ? rowsOfNumber(model.inventory, parsed.number) : []
  const [only] = rows
  const close = () => {
    setText('')
    parse.reset()
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!parsed) {
      if (text.trim() && !parse.isPending) parse.mutate(text)
    } else if (rows.length < 2) {
      onChosen(only ? targetOf(only) : { number: parsed.number, national: parsed.national, holder: null })
      setText('')
      parse.reset()
    }
  }
  return (
    <Dialog open={open} onClose={close} title="Return another number">
      <form onSubmit={submit} noValidate>
        <div className="grid gap-4 px-5 pt-3">
          <Field
            label="Phone number"
            type="tel"
            autoComplete="off"
            hint="In any usual form. Without a country code it is read as a number of the United States or Canada."
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              parse.reset()
            }}
            error={parse.error?.message ?? null}
          />
          {parsed && (
            <div aria-live="polite" className="rounded-panel border border-line bg-canvas px-4 py-3">
              <p className="text-xl font-semibold tabular-nums">{parsed.number}</p>
              <p className="text-sm text-ink-3 tabular-nums">
                {[parsed.national, parsed.country && formatCountry(parsed.country)].filter(Boolean).join(' · ')}
              </p>
              {rows.length === 1 && only && (
                <p className="mt-2 text-ink-2">
                  Held by {only.holder.name}
                  {only.holder.organizationName && ` (${only.holder.organizationName})`}.
                </p>
              )}
            </div>
          )}
          {parsed && rows.length === 0 && (
            <Notice tone="warn">
              The list does not show this number{model.state.complete ? '' : ', and the list is not complete'}. Nothing
              can be checked before it is returned.
            </Notice>
          )}
          {rows.length > 1 && (
            <Notice tone="warn" alert>
              Vida lists this number in two accounts: {rows.map((row) => row.holder.name).join(' and ')}. It can’t be
              returned until it is in one.
            </Notice>
          )}
        </div>
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look="primary" busy={parse.isPending} blocked={rows.length > 1 || !text.trim()}>
            {parsed ? 'Continue to confirmation' : 'Check number'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
