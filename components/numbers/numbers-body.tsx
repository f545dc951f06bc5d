'use client'

import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { useHydrated, usePhone } from '@/components/ui/hydration'
import { EmptyPanel } from '@/components/ui/notice'
import { useOnDemand } from '@/components/ui/on-demand'
import { plural } from '@/lib/client/format/format'
import { storedTop } from '@/lib/client/storage/scroll'
import { verdictCounts } from '@/lib/domain/inventory/unused'
import { filterWordings, unusedWording } from './filter-wording'
import { useNumbers, useShown } from './numbers-context'
import { NumbersSkeleton } from './numbers-skeleton'
import { NumbersTable } from './numbers-table'

const loadNotFound = () => import('./number-not-found')

export function NumbersBody() {
  const { model, findUnused } = useNumbers()
  const view = useShown()
  const hydrated = useHydrated()
  const phone = usePhone()
  const { Loaded: NumberNotFound, fetchEarly } = useOnDemand(loadNotFound)
  const nothingFound = view.params.q !== '' && view.rows.length === 0
  useEffect(() => {
    if (nothingFound) fetchEarly()
  }, [nothingFound, fetchEarly])
  const { inventory, failure, state, reading } = model
  // A search, another order or a stored place in the list needs the whole of it.
  const [startShape] = useState(view.shape)
  const needsWhole = () => inventory.total === 0 || view.shape !== startShape || (storedTop() ?? 0) > 0
  if (!hydrated || (model.waiting && needsWhole())) return <NumbersSkeleton />
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
        <p>Nothing was changed from here; where each number is now is not known until the list can be read.</p>
      </EmptyPanel>
    )
  }
  if (inventory.total === 0 && state.complete) {
    return (
      <EmptyPanel title="No numbers are assigned below this account">
        <p>
          All accounts were read; none has a number. When one is assigned to an agent, it appears here with the next
          Refresh.
        </p>
      </EmptyPanel>
    )
  }
  if (inventory.total === 0) {
    return reading ? (
      <NumbersSkeleton />
    ) : (
      <EmptyPanel title="No numbers in the accounts that could be read">
        Accounts that could not be read may have some; see above.
      </EmptyPanel>
    )
  }
  if (view.rows.length === 0 && view.churn && !view.filtering) {
    return (
      <EmptyPanel
        title="The churn queue is empty"
        action={<Button onClick={() => view.setParams({ view: null })}>Show all</Button>}
      >
        {state.complete
          ? 'No inactive or cancelled account or organization holds a number.'
          : `No account ${reading ? 'read so far' : 'that could be read'} is inactive or cancelled and holds a number.`}
      </EmptyPanel>
    )
  }
  if (view.rows.length === 0 && view.unused && view.found.length > 0) {
    const { unsaid, unread } = verdictCounts(view.found, view.judge)
    const isUnread = unread === view.found.length
    return (
      <EmptyPanel
        title={isUnread ? 'No use was read yet' : 'No unused numbers'}
        action={
          <>
            <Button onClick={() => view.setParams({ view: null })}>Show all</Button>
            {unread > 0 && (
              <Button variant="primary" onClick={findUnused.ask}>
                Find unused numbers
              </Button>
            )}
          </>
        }
      >
        {isUnread
          ? 'Vida can be asked which calls and texts each account had. Before it starts, you see how many requests that takes.'
          : `No number is known to be ${unusedWording(view.params.only).toLowerCase()}.${unsaid > 0 ? ` Vida does not say when ${plural(unsaid, 'number')} ${unsaid === 1 ? 'was' : 'were'} last used.` : ''}${unread > 0 ? ` The use of ${plural(unread, 'number')} was not read.` : ''}`}
      </EmptyPanel>
    )
  }
  if (view.rows.length === 0) {
    const { q } = view.params
    const filters = filterWordings(view.params, view.choices).join('; ')
    const what = [q && `“${q}”`, filters && `the chosen filters (${filters})`].filter(Boolean).join(' and ')
    return (
      <EmptyPanel
        title="Nothing matches"
        action={
          <Button data-focus-next="search" onClick={() => view.clearFilters({ view: true })}>
            Clear filters
          </Button>
        }
      >
        <p className="wrap-break-word">{`No row ${view.churn ? 'of the churn queue ' : ''}matches ${what}.`}</p>
        {NumberNotFound && <NumberNotFound search={q} />}
        {q && (
          <p>
            Each search word must appear in the row’s number, name, id, label, country or state. Separate numbers by
            commas.
          </p>
        )}
        {!state.complete && (
          <p>
            {reading
              ? 'The list is still being read; more rows may follow.'
              : 'The list is not complete; it may be in a part that could not be read.'}
          </p>
        )}
      </EmptyPanel>
    )
  }
  return <NumbersTable key={String(phone)} phone={phone} />
}
