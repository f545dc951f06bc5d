'use client'

import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { obstacleWording } from '@/components/inventory/wording'
import { NumberReturns } from '@/components/returns/number-returns'
import { UndoButton } from '@/components/returns/return-status'
import { rowsOfNumber } from '@/components/returns/target'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Countdown } from '@/components/ui/countdown'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { walkedTo } from '@/components/ui/walk'
import { plural } from '@/lib/client/format/format'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { CLOSED } from '@/lib/domain/inventory/view-params'
import { NumberAbsent } from './number-absent'
import { NumberFacts } from './number-facts'
import { useNumbers } from './numbers-context'
import { rowId } from './placed-row'
import { RefusalNotice } from './refusal-notice'

const MOST_OTHERS = 50

function OtherNumbers({ row }: { row: NumberRow }) {
  const { model, view } = useNumbers()
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
              onClick={() => void view.setParams({ number })}
              className="rounded-control tabular-nums underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:min-h-11"
            >
              {number}
            </button>
          </li>
        ))}
        {others.length > MOST_OTHERS && <li>{`and ${plural(others.length - MOST_OTHERS, 'more', 'more')}`}</li>}
      </ul>
    </section>
  )
}

/** The number that an address asks for, E.164: a `+` that was typed into it arrives as a space. null: it is none. */
function numberIn(asked: string): string | null {
  const number = asked.trim().replace(/^(?=[1-9])/, '+')
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : null
}

export function NumberDrawer() {
  const { canReturn } = useAccount()
  const { model, view, marks, returns, actions } = useNumbers()
  const { params, setParams } = view
  const asked = params.number
  const number = asked === null ? null : numberIn(asked)
  const rows = number ? rowsOfNumber(model.inventory, number) : []
  const [row] = rows
  const shown = useRef('')
  useEffect(() => {
    if (row) shown.current = row.key
  }, [row])
  const { obstacle = null, batchSize = 0, refused = null } = (row && marks.rows.get(row.key)) ?? {}
  const found = row && returns.ofRow(row)
  const waiting = found?.kind === 'waiting' ? found : null
  const goOn = (event: KeyboardEvent) => {
    const listed = [...new Set(view.items.flatMap((item) => (item.kind === 'row' ? [item.row.number] : [])))]
    const next = walkedTo(event, listed, number)
    if (next) void setParams({ number: next }, { history: 'replace' })
  }
  return (
    <Dialog
      open={asked !== null}
      onClose={() => void setParams(...CLOSED)}
      title={number ?? 'No phone number'}
      side
      onKeyDown={goOn}
      belongsTo={() => document.getElementById(rowId(shown.current))}
    >
      {obstacle && (
        <div className="px-5 pt-3">
          <Notice tone="warn">
            {rows.length > 1 ? (
              `Vida lists this number in ${plural(rows.length, 'account')}. It can’t be returned until it is in one.`
            ) : waiting?.canUndo ? (
              <Countdown until={waiting.sendsAt} verb="Returning" passed="Returning…" />
            ) : (
              obstacleWording(obstacle, batchSize)
            )}
          </Notice>
        </div>
      )}
      {refused && <RefusalNotice refused={refused} />}
      <div className="grid grow content-start gap-4 px-5 pt-3 pb-4">
        {rows.map((each) => (
          <div key={each.key} className="grid gap-4 not-first:border-t not-first:border-line not-first:pt-4">
            <NumberFacts row={each} />
            <OtherNumbers row={each} />
          </div>
        ))}
        {number && !row && <NumberAbsent number={number} />}
        {asked !== null && !number && (
          <p className="wrap-break-word text-ink-2">
            {`The address asks for “${asked.slice(0, 60)}”. A number looks like +12145551234.`}
          </p>
        )}
        {number && <NumberReturns number={number} />}
      </div>
      {number && (
        <DialogActions>
          <CopyButton className="sm:mr-auto" text={() => number} said={`${number} copied.`}>
            Copy number
          </CopyButton>
          {canReturn && waiting?.canUndo && <UndoButton waiting={waiting} onUndo={returns.undo} />}
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
    </Dialog>
  )
}
