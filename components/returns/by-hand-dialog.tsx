'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import type { InventoryModel } from '@/components/inventory/use-inventory'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { type ParsedNumber, postParse } from '@/lib/client/queries/returns'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { type ReturnTarget, rowsOfNumber, targetOf } from './target'

interface ByHandDialogProps {
  open: boolean
  onClose: () => void
  model: InventoryModel
  onChosen: (target: ReturnTarget) => void
}

function inTwoAccounts(rows: readonly NumberRow[]): string {
  const names = rows.map(({ account }) => account.name).join(' and ')
  return `Vida lists ${rows[0]?.number} in two accounts: ${names}. It can’t be returned until it is in one.`
}

export function ByHandDialog({ open, onClose, model, onChosen }: ByHandDialogProps) {
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const parse = useMutation({ mutationFn: postParse })
  const twice = parse.data ? rowsOfNumber(model.inventory, parse.data.number) : []
  const close = () => {
    setText('')
    parse.reset()
    onClose()
  }
  const choose = ({ number, national }: ParsedNumber) => {
    const rows = rowsOfNumber(model.inventory, number)
    if (rows.length > 1) return
    const [row] = rows
    setText('')
    parse.reset()
    onChosen(row ? targetOf(row) : { number, national, row: null })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // Callbacks of this call alone: an answer after Cancel opens nothing.
    if (text.trim() && !parse.isPending) parse.mutate(text, { onSuccess: choose })
  }
  return (
    <Dialog open={open} onClose={close} title="Return another number" firstFocus={field}>
      <form onSubmit={submit} noValidate>
        <div className="grid gap-4 px-5 pt-3">
          <Field
            ref={field}
            label="Phone number"
            type="tel"
            autoComplete="off"
            hint="Without a country code it is read as a number in the United States or Canada. Nothing is sent before you confirm."
            value={text}
            readOnly={parse.isPending}
            onChange={(event) => {
              setText(event.target.value)
              parse.reset()
            }}
            error={parse.error?.message ?? (twice.length > 1 ? inTwoAccounts(twice) : null)}
          />
        </div>
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" busy={parse.isPending} blocked={!text.trim()}>
            Check number
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
