'use client'

import type { NumberRow } from '@/lib/inventory/rows'
import { NO_FILTER } from '@/lib/inventory/view-params'
import type { SelectionModel } from '../batches/use-selection'
import { Button } from '../ui/button'
import { useHydrated, usePhone } from '../ui/hydration'
import { EmptyPanel } from '../ui/notice'
import { NumbersSkeleton } from './numbers-skeleton'
import { NumbersTable } from './numbers-table'
import { SEARCH_ID } from './row-focus'
import type { InventoryModel } from './use-inventory'
import type { RowMarks } from './use-marks'
import type { ViewModel } from './use-view'

interface BodyProps {
  model: InventoryModel
  view: ViewModel
  marks: RowMarks
  /** null: this token may not return. */
  onReturn: ((row: NumberRow) => void) | null
  onOpen: (row: NumberRow) => void
  selection: SelectionModel | null
}

/** The table, or what stands in its place. No two of these look the same. */
export function NumbersBody({ model, view, marks, onReturn, onOpen, selection }: BodyProps) {
  const hydrated = useHydrated()
  const phone = usePhone()
  const { inventory, failure, state, reading } = model
  if (!hydrated || model.waiting) return <NumbersSkeleton />
  if (inventory.total === 0 && failure) {
    return (
      <EmptyPanel
        alert
        title="The list could not be read"
        action={
          <Button onClick={model.retry} busy={model.retrying}>
            Retry
          </Button>
        }
      >
        <p>{failure}</p>
        <p>This says nothing about the numbers: they are where they were.</p>
      </EmptyPanel>
    )
  }
  if (inventory.total === 0 && state.complete) {
    return (
      <EmptyPanel title="No numbers are assigned below this account">
        <p>
          Vida was read completely and lists none. When one is assigned to an agent, it appears here with the next
          Refresh.
        </p>
      </EmptyPanel>
    )
  }
  if (inventory.total === 0) {
    return reading ? (
      <NumbersSkeleton />
    ) : (
      <EmptyPanel title="None in what could be read">There may be some in what is missing; see above.</EmptyPanel>
    )
  }
  if (view.rows.length === 0 && view.churn && !view.filtering) {
    return (
      <EmptyPanel
        title="The churn queue is empty"
        action={<Button onClick={() => view.setParams({ view: null })}>Show all</Button>}
      >
        No {state.complete ? '' : 'account read so far that is '}inactive or cancelled{' '}
        {state.complete ? 'account or organization ' : ''}holds a number.
      </EmptyPanel>
    )
  }
  if (view.rows.length === 0) {
    const clear = () => {
      void view.setParams({ ...NO_FILTER, view: null })
      // This button goes with the filters, and the focus must not go with it.
      document.getElementById(SEARCH_ID)?.focus()
    }
    return (
      <EmptyPanel title="Nothing matches" action={<Button onClick={clear}>Clear filters</Button>}>
        {view.params.q ? (
          <p className="wrap-break-word">No row matches “{view.params.q}” and the chosen filters.</p>
        ) : (
          <p>No row matches the chosen filters.</p>
        )}
        {!state.complete && <p>The list is not complete; it may be in what is missing.</p>}
      </EmptyPanel>
    )
  }
  return (
    <NumbersTable
      key={String(phone)}
      phone={phone}
      view={view}
      marks={marks}
      onReturn={onReturn}
      onOpen={onOpen}
      selection={selection}
      complete={state.complete}
    />
  )
}
