'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { BatchRecap } from '@/components/batches/batch-recap'
import { useRunningBatches } from '@/components/batches/use-running-batches'
import { ReceiptDrawer } from '@/components/returns/receipt-drawer'
import { useHeld } from '@/components/returns/use-held'
import { useSettle } from '@/components/returns/use-settle'
import { handOver } from '@/components/selection/hand-over'
import { useActions } from '@/components/ui/actions'
import { Button } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/hydration'
import { EmptyPanel } from '@/components/ui/notice'
import { useStepKeys } from '@/components/ui/step-keys'
import { useToast } from '@/components/ui/toast'
import { useDebounced } from '@/components/ui/use-debounced'
import { useLazyDialog } from '@/components/ui/use-lazy-dialog'
import { useAddress, useFollow } from '@/lib/client/navigation/address'
import { historyQuery } from '@/lib/client/queries/history'
import { isReversed } from '@/lib/client/queries/returns'
import { type Choice, choiceOf } from '@/lib/domain/batches/choice'
import { entriesOf } from '@/lib/domain/history/entries'
import { HistoryBody } from './history-body'
import { HistoryExport } from './history-export'
import { HistoryFilters } from './history-filters'
import { historyParams } from './history-params'
import { dayWording, HistoryPrint, readShown, usePrintWhole } from './history-print'
import { type Restored, RestoredNotice } from './restored-notice'

const loadReport = () => import('./report-dialog')
const REPORT_FAILED = 'The report could not be loaded. Reload the page and try again.'

const DELAY_MS = 250
const loadProtectionChanges = () => import('./protection-changes')
const NOT_LOADED = 'The list could not be loaded. Reload the page and try again.'
const ONLY_LOADED =
  'Only what is loaded is printed. To print everything that matches, choose Print under Export on the page.'

export function HistoryScreen({ restored }: { restored: Restored | null }) {
  const [params, setParams] = useAddress(historyParams)
  const { outcome, person, reason, from, to, receipt, batch } = params
  const search = useDebounced(params.q, DELAY_MS)
  const filter = useMemo(
    () => ({ search, outcomes: outcome, operator: person, reason, from, to }),
    [search, outcome, person, reason, from, to],
  )
  const reversed = isReversed(params)
  const query = useInfiniteQuery({ ...historyQuery(filter), enabled: !reversed })
  const pages = query.data?.pages
  const returns = useMemo(() => pages?.flatMap((page) => page.returns) ?? [], [pages])
  const batches = useMemo(() => pages?.flatMap((page) => page.batches) ?? [], [pages])
  const running = useRunningBatches(batches)
  const entries = entriesOf(
    returns,
    batches.map((each) => running.get(each.id) ?? each),
  )
  const settle = useSettle()
  const held = useHeld()
  const hydrated = useHydrated()
  const protectionChanges = useLazyDialog(loadProtectionChanges, NOT_LOADED)
  const toast = useToast()
  const goTo = useFollow()
  const openReceipt = (receiptId: string) => {
    toast('')
    // From one receipt to the next is no step back in the browser.
    void setParams({ receipt: receiptId }, { history: receipt === null ? 'push' : 'replace' })
  }
  const receipts = useMemo(() => returns.map(({ receiptId }) => receiptId), [returns])
  const walk = useStepKeys(receipts, receipt, (next) => void setParams({ receipt: next }, { history: 'replace' }))
  const selectInNumbers = ({ items }: Choice, note: string | null) => {
    handOver(items, note)
    goTo('/numbers')
  }
  const older = query.isPlaceholderData || search !== params.q
  const { whole, printWhole } = usePrintWhole(() => readShown(filter))
  const report = useLazyDialog(loadReport, REPORT_FAILED)
  const loaded = { filter, entries, missing: query.hasNextPage ? ONLY_LOADED : null }
  // What is no list is printed as it is on screen.
  const printed = whole ?? (reversed || older || entries.length === 0 ? null : loaded)
  const filtered = Boolean(search || outcome.length > 0 || person || reason || from || to)
  const none = { q: null, outcome: null, person: null, reason: null, from: null, to: null }
  const clear = () => void setParams(none)
  useActions({
    openReceipt: (receiptId) => void setParams({ receipt: receiptId, batch: null }),
    findReturns: (q) => void setParams({ ...none, q }),
    openBatch: (batchId) => void setParams({ batch: batchId, receipt: null }),
    clearFilters: filtered && clear,
  })
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-2xl font-semibold tracking-tight">History</h1>
        <Button aria-haspopup="dialog" onClick={protectionChanges.show}>
          Protection changes
        </Button>
        {!reversed && <Button onClick={report.show}>Report</Button>}
        {!reversed && !(query.isSuccess && entries.length === 0) && (
          <HistoryExport filter={filter} print={printWhole} />
        )}
      </div>
      {restored && hydrated && <RestoredNotice {...restored} />}
      <HistoryFilters
        params={params}
        setParams={setParams}
        onClear={filtered && !reversed && entries.length > 0 ? clear : null}
      />
      {/* The receipt that is open is printed in its place, but not if the list was asked for. */}
      {printed && (whole || receipt === null) && <HistoryPrint {...printed} />}
      {protectionChanges.Dialog && <protectionChanges.Dialog onClose={protectionChanges.close} />}
      {report.Dialog && <report.Dialog filter={filter} onClose={report.close} />}
      {batch !== null && (
        <BatchRecap
          batchId={batch}
          onClose={() => setParams({ batch: null })}
          choice={(items) => choiceOf(items)}
          onSelect={selectInNumbers}
          onReceipt={openReceipt}
        />
      )}
      <div className="flex gap-4">
        <div className="min-w-0 grow">
          {reversed ? (
            <EmptyPanel
              title="The first day is after the last"
              action={
                <>
                  <Button onClick={() => setParams({ from: to, to: from })}>Swap the days</Button>
                  <Button onClick={clear}>Clear filters</Button>
                </>
              }
            >
              {`${dayWording(from)} is after ${dayWording(to)}, so no return can match.`}
            </EmptyPanel>
          ) : (
            <HistoryBody
              query={query}
              entries={hydrated ? entries : []}
              older={older}
              filtered={filtered}
              settle={settle}
              held={held}
              openId={receipt}
              onOpen={openReceipt}
              onOpenBatch={(batchId) => setParams({ batch: batchId })}
              onClear={clear}
            />
          )}
        </div>
        {receipt !== null && (
          <ReceiptDrawer
            receiptId={receipt}
            known={returns.find((each) => each.receiptId === receipt) ?? null}
            settle={settle}
            held={held}
            modal={batch !== null}
            onKeyDown={walk}
            onClose={() => setParams({ receipt: null })}
            onOpenBatch={(batchId) => setParams({ receipt: null, batch: batchId })}
            onShowAll={() => setParams(null)}
          />
        )}
      </div>
    </>
  )
}
