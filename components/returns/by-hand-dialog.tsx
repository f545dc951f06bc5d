'use client'

import { useEffect, useRef } from 'react'
import { LastFourField } from '@/components/inventory/last-four'
import type { InventoryModel } from '@/components/inventory/use-inventory'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { ByHandFindings } from './by-hand-findings'
import { ByHandMeanings } from './by-hand-meanings'
import type { ReturnTarget } from './target'
import { useByHand } from './use-by-hand'

interface ByHandDialogProps {
  open: boolean
  onClose: () => void
  model: InventoryModel
  onChosen: (target: ReturnTarget) => void
}

export function ByHandDialog({ open, onClose, model, onChosen }: ByHandDialogProps) {
  const field = useRef<HTMLInputElement>(null)
  const lastFour = useRef<HTMLInputElement>(null)
  const byHand = useByHand(model, onChosen)
  const { checked, asksDigits } = byHand
  useEffect(() => {
    if (asksDigits) lastFour.current?.focus()
  }, [asksDigits])
  const close = () => {
    byHand.typeNumber('')
    onClose()
  }
  return (
    <Dialog open={open} onClose={close} title="Return another number" firstFocus={field}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          byHand.submit()
        }}
        noValidate
      >
        <div className="grid gap-4 px-5 pt-3">
          <Field
            ref={field}
            label="Phone number"
            type="tel"
            autoComplete="off"
            hint="With the country code, or as the list shows it. Otherwise it is read as a number in the United States or Canada. Nothing is sent before you confirm."
            value={byHand.text}
            readOnly={byHand.checking}
            onChange={(event) => byHand.typeNumber(event.target.value)}
            error={byHand.error}
          />
          <ByHandMeanings
            numbers={byHand.meanings}
            inventory={model.inventory}
            onChoose={(number) => {
              field.current?.focus()
              byHand.chooseMeaning(number)
            }}
          />
          {checked && (
            <ByHandFindings checked={checked} listed={!asksDigits} state={model.state} reading={model.reading} />
          )}
          {asksDigits && (
            <LastFourField
              ref={lastFour}
              hint="Type them from the order or ticket, to confirm that you mean this number."
              value={byHand.digits}
              onChange={(event) => byHand.typeDigits(event.target.value)}
              error={byHand.digitsError}
            />
          )}
        </div>
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            // On a phone where the confirmation has *Keep number*.
            className="max-sm:order-first"
            busy={byHand.checking}
            blocked={byHand.blocked}
          >
            {checked ? 'Continue' : 'Check number'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
