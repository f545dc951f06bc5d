'use client'

import type { InventoryModel } from '@/components/inventory/use-inventory'
import type { RowMarks } from '@/components/inventory/use-marks'
import { NumberReturns } from '@/components/returns/number-returns'
import { rowsOfNumber } from '@/components/returns/target'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { plural } from '@/lib/client/format/format'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { NumberAbsent } from './number-absent'
import { NumberFacts, type ShowNumbers } from './number-facts'

const MOST_OTHERS = 50

function OtherNumbers({ row, model, onOpen }: { row: NumberRow; model: InventoryModel; onOpen: (to: string) => void }) {
  const held = model.inventory.accounts.find(({ account }) => account.id === row.account.id)
  const others = held?.rows.filter(({ number }) => number !== row.number) ?? []
  return (
    <section aria-label={`Other numbers of ${row.account.name}`} className="grid gap-2 border-t border-line pt-4">
      <p className="text-ink-3">
        {others.length > 0
          ? `${row.account.name} also holds ${plural(others.length, 'number')}`
          : `${row.account.name} holds no other`}
      </p>
      <ul className="flex flex-wrap gap-x-3 gap-y-1">
        {others.slice(0, MOST_OTHERS).map(({ number }) => (
          <li key={number}>
            <button
              type="button"
              onClick={() => onOpen(number)}
              className="rounded-control tabular-nums underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:min-h-11"
            >
              {number}
            </button>
          </li>
        ))}
        {others.length > MOST_OTHERS && <li>and {plural(others.length - MOST_OTHERS, 'more', 'more')}</li>}
      </ul>
    </section>
  )
}

/** The number that an address asks for, E.164: a `+` that was typed into it arrives as a space. null: it is none. */
function numberIn(asked: string): string | null {
  const number = asked.trim().replace(/^(?=[1-9])/, '+')
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : null
}

interface NumberDrawerProps {
  /** As the address has it; null: closed. */
  number: string | null
  model: InventoryModel
  marks: RowMarks
  onOpen: (number: string) => void
  onClose: () => void
  onShow: ShowNumbers
  /** null: this token may not return. */
  onReturn: ((row: NumberRow) => void) | null
  onCloseAutoFocus: (event: Event) => void
}

/** Everything known about one number. */
export function NumberDrawer(props: NumberDrawerProps) {
  const { number: asked, model, marks, onOpen, onClose, onShow, onReturn, onCloseAutoFocus } = props
  const number = asked === null ? null : numberIn(asked)
  const rows = number ? rowsOfNumber(model.inventory, number) : []
  const [row] = rows
  const notReturnable = row ? marks.notReturnable(row) : null
  return (
    <Dialog
      open={asked !== null}
      onClose={onClose}
      title={number ?? 'No phone number'}
      side
      onCloseAutoFocus={onCloseAutoFocus}
    >
      {notReturnable && (
        <div className="px-5 pt-3">
          <Notice tone="warn">
            {rows.length > 1
              ? `Vida lists this number in ${plural(rows.length, 'account')}. It can’t be returned until it is in one.`
              : notReturnable}
          </Notice>
        </div>
      )}
      <div className="grid grow content-start gap-4 px-5 pt-3 pb-4">
        {rows.map((each) => (
          <div key={each.key} className="grid gap-4 not-first:border-t not-first:border-line not-first:pt-4">
            <NumberFacts row={each} model={model} onShow={onShow} />
            <OtherNumbers row={each} model={model} onOpen={onOpen} />
          </div>
        ))}
        {number && !row && <NumberAbsent number={number} model={model} />}
        {asked !== null && !number && (
          <p className="wrap-break-word text-ink-2">
            The address asks for “{asked.slice(0, 60)}”. A number looks like +12145551234.
          </p>
        )}
        {number && <NumberReturns number={number} />}
      </div>
      {number && (
        <DialogActions>
          <CopyButton className="sm:mr-auto" text={() => number} said={`${number} copied.`}>
            Copy number
          </CopyButton>
          {onReturn && row && !notReturnable && (
            <Button variant="danger-line" aria-label={`Return ${row.number}`} onClick={() => onReturn(row)}>
              Return…
            </Button>
          )}
        </DialogActions>
      )}
    </Dialog>
  )
}
