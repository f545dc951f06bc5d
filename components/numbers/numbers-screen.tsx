'use client'

import type { ReactNode } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { ReadOnlyNotice } from '@/components/inventory/standing-notices'
import { useView } from '@/components/inventory/use-view'
import { SelectionBar } from '@/components/selection/selection-bar'
import { useHydrated } from '@/components/ui/hydration'
import type { Snapshot } from '@/lib/domain/inventory/events'
import { CountLiveRegion, SelectionLiveRegion } from './count-live-region'
import { EscapeKey } from './escape-key'
import { NumbersActions } from './numbers-actions'
import { NumbersActivity } from './numbers-activity'
import { NumbersBody } from './numbers-body'
import { NumbersContext, useNumbers, useShown, ViewContext } from './numbers-context'
import { NumbersHeading } from './numbers-heading'
import { NumbersPrint } from './numbers-print'
import { Overview } from './overview'
import { SummaryLine } from './summary-line'
import { ListTools, Toolbar } from './toolbar'
import { useFilterPanel } from './use-filter-panel'
import { useNumbersModel } from './use-numbers'

interface NumbersScreenProps {
  start: Snapshot | null
  maxBatch: number
  holdSeconds: number
  overviewFolded: boolean
}

function Shown({ children }: { children: ReactNode }) {
  const { chosen, marks } = useNumbers()
  const view = useView(chosen, marks.rows)
  return <ViewContext value={view}>{children}</ViewContext>
}

function List() {
  const { model, batch, selection } = useNumbers()
  const { params, rows, filtering } = useShown()
  return (
    <>
      {/* A number's page is printed in its place, and what is no list as it is on screen. */}
      {params.number === null && rows.length > 0 && <NumbersPrint />}
      <CountLiveRegion count={rows.length} active={filtering && !model.reading} />
      <NumbersBody />
      <SelectionBar
        selection={selection}
        listed={rows}
        onReturn={() => batch.confirm(selection.rows, { note: selection.note, about: null })}
      />
    </>
  )
}

function Dialogs({ maxBatch }: { maxBatch: number }) {
  const { batch, model, marks, selection, findUnused, protection, holdSeconds } = useNumbers()
  const view = useShown()
  return (
    <>
      {findUnused.Dialog && <findUnused.Dialog onClose={findUnused.close} onBegun={findUnused.begun} />}
      {protection.Dialog && protection.asked && (
        <protection.Dialog asked={protection.asked} onClose={protection.close} />
      )}
      {batch.Dialogs && (
        <batch.Dialogs
          flow={batch}
          selection={selection}
          view={view}
          inventory={model.inventory}
          marks={marks}
          complete={model.state.complete}
          maxBatch={maxBatch}
          holdSeconds={holdSeconds}
        />
      )}
    </>
  )
}

export function NumbersScreen({ start, maxBatch, holdSeconds, overviewFolded }: NumbersScreenProps) {
  const { canReturn } = useAccount()
  const numbers = useNumbersModel({ start, holdSeconds })
  const { model, selection, returns, flow } = numbers
  const filterPanel = useFilterPanel()
  const hydrated = useHydrated()
  const nothing = hydrated && model.inventory.total === 0 && !model.waiting
  return (
    <NumbersContext value={numbers}>
      <Shown>
        <div className="relative max-sm:-mt-3 max-sm:mb-1 max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-2">
          <NumbersHeading />
          <SummaryLine />
        </div>
        <EscapeKey />
        <NumbersActions />
        {hydrated && <NumbersActivity />}
        <div className="mb-4 empty:hidden">
          <ReadOnlyNotice />
        </div>
        <p aria-live="polite" className="sr-only">
          {returns.announced}
        </p>
        {/* On a phone the search comes first. */}
        <div className="max-sm:flex max-sm:flex-col-reverse sm:contents">
          {!nothing && <Overview storedFolded={overviewFolded} onOthers={filterPanel.openMenu} />}
          <Toolbar panel={filterPanel} />
        </div>
        <ListTools />
        {canReturn && <SelectionLiveRegion count={selection.rows.length} />}
        <div className="flex gap-4">
          <div className="min-w-0 grow">
            <List />
          </div>
          {flow.Dialogs && <flow.Dialogs />}
        </div>
        <Dialogs maxBatch={maxBatch} />
      </Shown>
    </NumbersContext>
  )
}
