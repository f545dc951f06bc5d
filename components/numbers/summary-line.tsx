'use client'

import { useActivity, useActivityPanel } from '@/components/activity/activity-context'
import { AsOf, isStale } from '@/components/inventory/as-of'
import { countSentence } from '@/components/inventory/count-sentence'
import { ReadingProgress } from '@/components/inventory/reading-progress'
import type { InventoryModel } from '@/components/inventory/use-inventory'
import { useNow, useOnline } from '@/components/ui/hooks'
import { useHydrated } from '@/components/ui/hydration'
import { formatCount, plural } from '@/lib/client/format/format'
import type { InventoryState } from '@/lib/domain/inventory/state'
import { useNumbers, useShown } from './numbers-context'
import { detailOf, failedWording, readWording } from './summary-wording'

const LINK =
  'rounded-control font-medium underline underline-offset-2 max-sm:-my-3 max-sm:min-h-11 max-sm:min-w-11 max-sm:py-3'
/** The most problems that are read aloud; Activity lists all. */
const MOST_ANNOUNCED = 3

/** How much is known, and what is left out on a phone without room. */
function sentence(model: InventoryModel): [text: string, more: string] {
  const { state, inventory, reading, waiting, failure } = model
  if (!waiting && !reading && !state.complete && failure === null) return [readWording(inventory), '']
  return countSentence(model, inventory.total, state.accountsRead)
}

function problemsWording({ problems }: InventoryState): string {
  const first = problems.slice(0, MOST_ANNOUNCED).map((problem) => {
    const { id = '', name = '' } = problem.account ?? problem.organization ?? {}
    return `${name} ${id}: ${detailOf(problem)}`
  })
  return `. ${first.join(' ')}`
}

/** What is wrong with the list, in its one line; Activity says the rest. */
function ListProblem() {
  const { show } = useActivity()
  const { open } = useActivityPanel()
  const online = useOnline()
  const { failure, inventory, state, reading, retry, retrying } = useNumbers().model
  const failed = failure !== null && inventory.total > 0
  const partial = !reading && failure === null && state.ended && !state.complete
  if (online && !failed && !partial) return null
  const text = online ? (failed ? 'The list could not be read' : failedWording(state)) : 'You are offline'
  const details = online
    ? failed
      ? `. ${failure}${state.complete ? '' : ' The list shows earlier data.'}`
      : problemsWording(state)
    : '. No number can be returned while you are offline: nothing is sent.'
  return (
    <span role="alert" className="flex items-center gap-x-3 text-warn max-sm:flex-wrap sm:whitespace-nowrap">
      <span>
        <button type="button" onClick={show} className={LINK}>
          {text}
        </button>
        <span className="sr-only">{details}</span>
      </span>
      {/* The panel has it while it is open. */}
      {online && !open && (
        <button
          type="button"
          onClick={() => !retrying && retry()}
          aria-disabled={retrying || undefined}
          className={LINK}
        >
          Retry
        </button>
      )}
    </span>
  )
}

export function SummaryLine() {
  const { model } = useNumbers()
  const view = useShown()
  const { show } = useActivity()
  const narrowed = view.filtering || view.params.view !== null || view.alone
  const hydrated = useHydrated()
  const now = useNow()
  const [text, more] = sentence(model)
  const { asOf, changed } = model
  const full = narrowed || model.reading || (asOf !== null && isStale(asOf, now))
  const changes = plural(changed, 'change')
  return (
    <div className="mt-1 mb-4 flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-ink-2 tabular-nums max-sm:m-0 max-sm:min-h-11 max-sm:grow max-sm:basis-40 max-sm:content-center max-sm:gap-x-2 max-sm:gap-y-0 max-sm:text-sm">
      {hydrated && (
        <>
          <span>
            <span>{text}</span>
            <span className={full ? 'max-sm:sr-only' : ''}>{more}</span>
            {narrowed && !model.waiting && (
              <span className="text-ink-3">{` · ${formatCount(view.rows.length)} shown`}</span>
            )}
          </span>
          <ListProblem />
          {asOf && (
            <span className={model.reading || !model.state.complete ? 'max-sm:sr-only' : ''}>
              <AsOf iso={asOf} />
            </span>
          )}
          <ReadingProgress model={model} barAlone={narrowed || model.waiting} />
          {changed > 0 && (
            <button
              type="button"
              aria-label={`${changes} since it was seen before`}
              onClick={show}
              className={`text-accent ${LINK}`}
            >
              {changes}
            </button>
          )}
        </>
      )}
    </div>
  )
}
