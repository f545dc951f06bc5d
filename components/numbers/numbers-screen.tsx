'use client'

import { AccountContext } from '@/components/inventory/account-context'
import { SelectMatching } from '@/components/selection/select-matching'
import { SelectionBar } from '@/components/selection/selection-bar'
import { useHydrated } from '@/components/ui/hydration'
import type { SignedInAccount } from '@/lib/domain/session/account'
import { CountLiveRegion, SelectionLiveRegion } from './count-live-region'
import { EscapeKey } from './escape-key'
import { NumbersBatches } from './numbers-batches'
import { NumbersBody } from './numbers-body'
import { NumbersContext } from './numbers-context'
import { NumbersHeading } from './numbers-heading'
import { NumbersNotices } from './numbers-notices'
import { NumbersPrint } from './numbers-print'
import { NumbersReturns } from './numbers-returns'
import { Overview } from './overview'
import { SettledToast } from './settled-toast'
import { SummaryLine } from './summary-line'
import { Toolbar } from './toolbar'
import { useFilterPanel } from './use-filter-panel'
import { useNumbersModel } from './use-numbers'

interface NumbersPageProps {
  maxBatch: number
  holdSeconds: number
  overviewFolded: boolean
}

function NumbersPage({ canReturn, maxBatch, holdSeconds, overviewFolded }: NumbersPageProps & { canReturn: boolean }) {
  const numbers = useNumbersModel({ holdSeconds })
  const { batch, model, view, marks, selection, flow } = numbers
  const filterPanel = useFilterPanel()
  const hydrated = useHydrated()
  const nothing = hydrated && model.inventory.total === 0 && !model.waiting
  return (
    <NumbersContext value={numbers}>
      {/* A number's page is printed in its place, and what is no list as it is on screen. */}
      {view.params.number === null && view.rows.length > 0 && <NumbersPrint />}
      <div className="relative max-sm:-mt-3">
        <NumbersHeading />
        <SummaryLine />
      </div>
      <SettledToast />
      <EscapeKey />
      <NumbersNotices />
      {!nothing && <Overview storedFolded={overviewFolded} onOthers={filterPanel.openMenu} />}
      {canReturn && hydrated && <NumbersReturns />}
      {canReturn && hydrated && <NumbersBatches />}
      <Toolbar model={model} view={view} panel={filterPanel}>
        {canReturn && hydrated && <SelectMatching model={model} view={view} marks={marks} selection={selection} />}
      </Toolbar>
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

export function NumbersScreen({ account, ...rest }: NumbersPageProps & { account: SignedInAccount }) {
  return (
    <AccountContext value={account}>
      <NumbersPage canReturn={account.canReturn} {...rest} />
    </AccountContext>
  )
}
