'use client'

import { useAccount } from '@/components/inventory/account-context'
import { ReadOnlyNotice } from '@/components/inventory/standing-notices'
import { SelectMatching } from '@/components/selection/select-matching'
import { SelectionBar } from '@/components/selection/selection-bar'
import { useHydrated } from '@/components/ui/hydration'
import { CountLiveRegion, SelectionLiveRegion } from './count-live-region'
import { EscapeKey } from './escape-key'
import { NumbersActions } from './numbers-actions'
import { NumbersActivity } from './numbers-activity'
import { NumbersBody } from './numbers-body'
import { NumbersContext } from './numbers-context'
import { NumbersHeading } from './numbers-heading'
import { NumbersPrint } from './numbers-print'
import { Overview } from './overview'
import { SummaryLine } from './summary-line'
import { ListTools, Toolbar } from './toolbar'
import { useFilterPanel } from './use-filter-panel'
import { useNumbersModel } from './use-numbers'

interface NumbersScreenProps {
  maxBatch: number
  holdSeconds: number
  overviewFolded: boolean
}

export function NumbersScreen({ maxBatch, holdSeconds, overviewFolded }: NumbersScreenProps) {
  const { canReturn } = useAccount()
  const numbers = useNumbersModel({ holdSeconds })
  const { batch, model, view, marks, selection, returns, flow, protection } = numbers
  const filterPanel = useFilterPanel()
  const hydrated = useHydrated()
  const nothing = hydrated && model.inventory.total === 0 && !model.waiting
  return (
    <NumbersContext value={numbers}>
      {/* A number's page is printed in its place, and what is no list as it is on screen. */}
      {view.params.number === null && view.rows.length > 0 && <NumbersPrint />}
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
        <Toolbar model={model} view={view} panel={filterPanel} />
      </div>
      <ListTools view={view}>
        {canReturn && hydrated && <SelectMatching model={model} view={view} marks={marks} selection={selection} />}
      </ListTools>
      <CountLiveRegion count={view.rows.length} active={view.filtering && !model.reading} />
      {canReturn && <SelectionLiveRegion count={selection.rows.length} />}
      <div className="flex gap-4">
        <div className="min-w-0 grow">
          <NumbersBody />
          <SelectionBar
            selection={selection}
            listed={view.rows}
            onReturn={() => batch.confirm(selection.rows, { note: selection.note, about: null })}
          />
        </div>
        {flow.Dialogs && <flow.Dialogs />}
      </div>
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
    </NumbersContext>
  )
}
