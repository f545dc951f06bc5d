'use client'

import { useEffect, useMemo, useRef } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { Printed } from '@/components/inventory/printed'
import { obstacleWording } from '@/components/inventory/wording'
import { ProtectionNotice } from '@/components/protections/protection-notice'
import { NumberReturns } from '@/components/returns/number-returns'
import { UndoButton } from '@/components/returns/return-status'
import { rowsOfNumber } from '@/components/returns/target'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Countdown } from '@/components/ui/countdown'
import { DialogActions } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { SideDialog } from '@/components/ui/side-dialog'
import { useStepKeys } from '@/components/ui/step-keys'
import { formatAbroad, plural } from '@/lib/client/format/format'
import { UNMARKED } from '@/lib/domain/inventory/marks'
import { CLOSED } from '@/lib/domain/inventory/view-params'
import { NumberAbsent } from './number-absent'
import { NumberFacts } from './number-facts'
import { useNumbers, useShown } from './numbers-context'
import { OtherNumbers } from './other-numbers'
import { rowId } from './placed-row'
import { RefusalNotice } from './refusal-notice'

/** The number that an address asks for, E.164: a `+` that was typed into it arrives as a space. null: it is none. */
function numberIn(asked: string): string | null {
  const number = asked.trim().replace(/^(?=[1-9])/, '+')
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : null
}

export function NumberDrawer() {
  const { canReturn } = useAccount()
  const { model, marks, returns, actions, chosen } = useNumbers()
  const { items } = useShown()
  const { params, setParams } = chosen
  const asked = params.number
  const number = asked === null ? null : numberIn(asked)
  const rows = number ? rowsOfNumber(model.inventory, number) : []
  const [row] = rows
  const shown = useRef('')
  useEffect(() => {
    if (row) shown.current = row.key
  }, [row])
  const rowMarks = (row && marks.rows.get(row.key)) ?? UNMARKED
  const { obstacle, refused } = rowMarks
  const protection = number === null ? undefined : marks.protectedBy.get(number)
  const found = row && returns.ofRow(row)
  const waiting = found?.kind === 'waiting' ? found : null
  const isOpen = asked !== null
  const listed = useMemo(
    () => (isOpen ? [...new Set(items.flatMap((item) => (item.kind === 'row' ? [item.number] : [])))] : []),
    [isOpen, items],
  )
  const goOn = useStepKeys(listed, number, (next) => void setParams({ number: next }, { history: 'replace' }))
  const known = number && (
    <>
      {rows.map((each) => (
        <div key={each.key} className="not-first:border-t not-first:border-line not-first:pt-4">
          <NumberFacts row={each} />
        </div>
      ))}
      {!row && <NumberAbsent number={number} />}
      <NumberReturns number={number} />
    </>
  )
  const paper = () => ({
    title: number ?? '',
    about: model.asOf ? [`As of ${formatAbroad(model.asOf)}`] : [],
    content: <div className="mt-6 grid gap-4">{known}</div>,
  })
  return (
    <SideDialog
      open={isOpen}
      onClose={() => void setParams(...CLOSED)}
      title={number ?? 'No phone number'}
      onKeyDown={goOn}
      belongsTo={() => document.getElementById(rowId(shown.current))}
    >
      {protection && (
        <div className="px-5 pt-3">
          <ProtectionNotice protection={protection} onLift={canReturn ? actions.lift : null} />
        </div>
      )}
      {obstacle && obstacle !== 'protected' && (
        <div className="px-5 pt-3">
          <Notice tone="warn">
            {rows.length > 1 ? (
              `Vida lists this number in ${plural(rows.length, 'account')}. It can’t be returned until it is in one.`
            ) : waiting?.canUndo ? (
              <Countdown until={waiting.sendsAt} verb="Returning" passed="Returning…" />
            ) : (
              obstacleWording(rowMarks)
            )}
          </Notice>
        </div>
      )}
      {refused && <RefusalNotice refused={refused} />}
      <div data-scroll="" className="grid grow content-start gap-4 px-5 pt-3 pb-4">
        {known}
        {isOpen && !number && (
          <p className="wrap-break-word text-ink-2">
            {`The address asks for “${asked.slice(0, 60)}”. A number looks like +12145551234.`}
          </p>
        )}
        {rows.map((each) => (
          <OtherNumbers key={each.key} row={each} />
        ))}
      </div>
      {number && <Printed paper={paper} />}
      {number && (
        <DialogActions>
          <CopyButton className="sm:mr-auto" text={() => number} said={`${number} copied.`}>
            Copy number
          </CopyButton>
          {canReturn && waiting?.canUndo && <UndoButton waiting={waiting} onUndo={returns.undo} />}
          {canReturn && row && !protection && (
            <Button aria-haspopup="dialog" aria-label={`Protect ${row.number}`} onClick={() => actions.protect(row)}>
              Protect…
            </Button>
          )}
          {canReturn && row && !obstacle && !waiting && (
            <Button
              variant="danger-line"
              aria-label={`Return ${row.number}`}
              // On a phone where the confirmation has *Keep number*.
              className="max-sm:order-first"
              onClick={() => actions.askReturn(row)}
            >
              Return…
            </Button>
          )}
        </DialogActions>
      )}
    </SideDialog>
  )
}
