'use client'

import { useCallback, useEffect, useRef } from 'react'
import { BatchPanels } from '@/components/batches/batch-panels'
import { useBatchDialogs } from '@/components/batches/use-batch-dialogs'
import { focusRow, rowAfter } from '@/components/inventory/row-focus'
import { useInventory } from '@/components/inventory/use-inventory'
import { useMarks } from '@/components/inventory/use-marks'
import { useView } from '@/components/inventory/use-view'
import { type ReturnTarget, targetOf } from '@/components/returns/target'
import { SelectMatching } from '@/components/selection/select-matching'
import { SelectionBar } from '@/components/selection/selection-bar'
import { useSelection } from '@/components/selection/use-selection'
import { Button } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/hydration'
import { Icon } from '@/components/ui/icon'
import { useToast } from '@/components/ui/toast'
import { plural } from '@/lib/client/format/format'
import type { Batch } from '@/lib/domain/batches/batch'
import { type Rest, restOf } from '@/lib/domain/batches/rest'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { CLOSED, NO_FILTER } from '@/lib/domain/inventory/view-params'
import type { SignedInAccount } from '@/lib/domain/session/account'
import { CountLiveRegion, SelectionAnnouncer } from './count-announcer'
import { NumbersBody } from './numbers-body'
import { NumbersNotices } from './numbers-notices'
import { Overview } from './overview'
import { SummaryLine } from './summary-line'
import { Toolbar } from './toolbar'
import { useFilterPanel } from './use-filter-panel'
import { useReturnFlow } from './use-number-dialogs'
import { SettledNews } from './use-settled-toast'

interface NumbersScreenProps {
  account: SignedInAccount
  maxBatch: number
  overviewFolded: boolean
}

/** The numbers page: what is known, what is not, and the list. */
export function NumbersScreen({ account, maxBatch, overviewFolded }: NumbersScreenProps) {
  const model = useInventory()
  const batch = useBatchDialogs()
  const { marks, unknownCount } = useMarks(model, account.canReturn ? batch.started : null)
  const selection = useSelection(model.inventory, marks.canBeChosen, account.canReturn ? account.id : null)
  const { keys, setAlone } = selection
  const endAlone = useCallback(() => setAlone(false), [setAlone])
  const view = useView(model.inventory, marks, selection.alone ? { keys, end: endAlone } : null)
  const toast = useToast()
  const filterPanel = useFilterPanel()
  const hydrated = useHydrated()
  const reading = model.reading && hydrated
  // Known to be so: there is nothing to count.
  const nothing = hydrated && model.inventory.total === 0 && !model.waiting
  const { number } = view.params
  const { setParams } = view
  const flow = useReturnFlow({ needed: number !== null })
  const { Dialogs, confirm } = flow
  const byHandButton = useRef<HTMLButtonElement>(null)
  /** The row that gets the focus when its page or the confirmation closes; null: it was opened by hand. */
  const focusKey = useRef<string | null>(null)
  /** What of that row had the focus. */
  const focusId = useRef('')
  /** The row to go on with when the confirmed number has left the list: nobody asked to return that one, too. */
  const nextKey = useRef<string | null>(null)

  const chooseRow = useCallback(
    (row: NumberRow) => {
      focusKey.current = row.key
      focusId.current = document.activeElement?.id ?? ''
      // A number's page that is open, or still on its way, gives way: it would lie on top of the confirmation.
      void setParams(...CLOSED)
      confirm(targetOf(row))
    },
    [confirm, setParams],
  )
  const openRow = useCallback(
    (row: NumberRow) => {
      focusKey.current = row.key
      focusId.current = document.activeElement?.id ?? ''
      toast('')
      void setParams({ number: row.number })
    },
    [toast, setParams],
  )
  // The list offers no such row; what is typed by hand is caught here.
  const confirmTyped = (target: ReturnTarget) => {
    if (marks.obstacle(target) !== 'in_batch') return confirm(target)
    flow.close()
    toast(`${target.number}: ${marks.notReturnable(target)}`, 'failure')
  }
  const askByHand = () => {
    focusKey.current = null
    flow.askByHand()
  }
  const { inventory } = model
  const { obstacle } = marks
  const rest = useCallback((ended: Batch) => restOf(ended, inventory, obstacle), [inventory, obstacle])
  const returnRest = (ended: Batch, { rows, leftOut }: Rest) => {
    const about = `The batch of ${plural(ended.total, 'number')} did not send ${rows.length === 1 ? 'it' : 'these'}. ${leftOut}`
    batch.confirm(rows, { note: ended.note ?? '', about })
  }
  // A number's page that was opened by its address belongs to its row, too.
  const shownKey = number === null ? undefined : view.rows.find((row) => row.number === number)?.key
  useEffect(() => {
    if (shownKey !== undefined) focusKey.current ??= shownKey
  }, [shownKey])
  const moveFocus = () => {
    if (focusKey.current) nextKey.current = rowAfter(view.items, focusKey.current)
  }
  const restoreFocus = (event: Event) => {
    event.preventDefault()
    const next = nextKey.current
    nextKey.current = null
    if (next !== null) focusRow(next)
    else if (focusKey.current === null) byHandButton.current?.focus()
    else focusRow(focusKey.current, focusId.current)
  }

  return (
    <>
      <div className="relative max-sm:-mt-3">
        <div className="flex flex-wrap items-center gap-2 max-sm:gap-y-1">
          <h1 className="mr-auto text-2xl font-semibold tracking-tight">Numbers</h1>
          {account.canReturn && (
            <div className="flex flex-wrap gap-2 max-sm:order-last max-sm:w-full max-sm:*:grow max-sm:*:px-2!">
              <Button onClick={batch.paste}>Paste a list</Button>
              <Button ref={byHandButton} onClick={askByHand}>
                Return another number
              </Button>
            </div>
          )}
          <Button
            busy={reading}
            title={reading ? 'Reading…' : undefined}
            onClick={model.refresh}
            className="max-sm:min-w-11 max-sm:px-0!"
          >
            {!reading && <Icon name="refresh" />}
            <span className="max-sm:sr-only">Refresh</span>
          </Button>
        </div>
        <SummaryLine model={model} view={view} unknownCount={unknownCount} />
      </div>
      <SettledNews />
      <NumbersNotices model={model} account={account} />
      {!nothing && <Overview model={model} view={view} keptFolded={overviewFolded} onOthers={filterPanel.openMenu} />}
      {account.canReturn && hydrated && (
        <BatchPanels
          accountId={account.id}
          started={batch.started}
          onOpen={batch.recap}
          rest={rest}
          onRest={returnRest}
        />
      )}
      <Toolbar model={model} view={view} panel={filterPanel}>
        {account.canReturn && hydrated && (
          <SelectMatching model={model} view={view} marks={marks} selection={selection} />
        )}
      </Toolbar>
      <CountLiveRegion count={view.rows.length} active={view.filtering && !model.reading} />
      {account.canReturn && <SelectionAnnouncer count={selection.rows.length} />}
      <NumbersBody
        model={model}
        view={view}
        marks={marks}
        onReturn={account.canReturn ? chooseRow : null}
        onOpen={openRow}
        selection={account.canReturn ? selection : null}
      />
      <SelectionBar
        selection={selection}
        onReturn={() => batch.confirm(selection.rows, { note: selection.note, about: null })}
      />
      {batch.Dialogs && (
        <batch.Dialogs
          flow={batch}
          selection={selection}
          view={view}
          inventory={model.inventory}
          marks={marks}
          complete={model.state.complete}
          maxBatch={maxBatch}
        />
      )}
      {Dialogs && (
        <Dialogs
          flow={{ ...flow, confirm: confirmTyped }}
          model={model}
          marks={marks}
          number={number}
          onNumber={(next) => (next === null ? setParams(...CLOSED) : setParams({ number: next }))}
          onShow={(of) => setParams({ ...NO_FILTER, view: null, number: null, ...of })}
          onReturn={account.canReturn ? chooseRow : null}
          onGone={moveFocus}
          onCloseAutoFocus={restoreFocus}
        />
      )}
    </>
  )
}
