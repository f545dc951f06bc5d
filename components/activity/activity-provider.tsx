'use client'

import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useBatchAction } from '@/components/batches/use-batch-action'
import { useAccount } from '@/components/inventory/account-context'
import { useReturns, useUndoKey } from '@/components/returns/use-returns'
import { useSettledReturns } from '@/components/returns/use-settled-returns'
import { useHydrated } from '@/components/ui/hydration'
import { useToast } from '@/components/ui/toast'
import { type MarksData, marksQuery } from '@/lib/client/queries/marks'
import { usesRunQuery } from '@/lib/client/queries/uses'
import type { Batch } from '@/lib/domain/batches/batch'
import {
  ActivityContext,
  ActivityPanelContext,
  type ActivityPanelState,
  type ListPage,
  needsPerson,
  type Section,
} from './activity-context'
import { BatchWatch } from './batch-watch'
import { SettledWatch } from './settled-watch'
import { useShownBatches } from './use-shown-batches'

const NO_RECEIPTS: readonly string[] = []
const unknownOf = ({ locked }: MarksData) =>
  locked.filter(({ outcome }) => outcome === 'unknown').map(({ receiptId }) => receiptId)

/** Ctrl+Z (⌘Z) undoes what was confirmed last in this tab and is not sent yet, a return or a batch. */
function useUndoNewest(
  { newest, newestNow, undo }: ReturnType<typeof useReturns>,
  batches: readonly Batch[],
  started: readonly string[],
): void {
  const toast = useToast()
  const heldBatch = batches.findLast(({ id, state }) => state === 'held' && started.includes(id))
  const { mutate: undoBatch } = useBatchAction(heldBatch?.id ?? '')
  const undoNewest = () => {
    const held = newestNow()
    const tell = (error: Error) => toast(`The batch may not have been undone. ${error.message}`, 'failure')
    if (heldBatch && Date.parse(heldBatch.sendsAt ?? '') > (held?.sendsAt ?? 0)) undoBatch('stop', { onError: tell })
    else if (held) undo(held)
    else return false
    return true
  }
  useUndoKey(undoNewest, heldBatch !== undefined || newest !== null)
}

/** What is under way, what needs a person, and what changed; followed on every page, shown in one panel. */
export function ActivityProvider({ children }: { children: ReactNode }) {
  const { canReturn } = useAccount()
  const hydrated = useHydrated()
  const onHistory = usePathname() === '/history'
  const [open, setOpen] = useState(false)
  const [started, setStarted] = useState<readonly string[]>([])
  const [justBegun, setJustBegun] = useState<string | null>(null)
  const [page, setPage] = useState<ListPage | null>(null)
  const [counts, setCounts] = useState<Record<Section, number>>({ needs: 0, changed: 0 })
  const [slots, setSlots] = useState<Record<Section, HTMLElement | null>>({ needs: null, changed: null })
  // A page with the list reads the marks once its scan has begun.
  useQuery({ ...marksQuery, select: () => null, enabled: hydrated && onHistory })
  const { data: unknown = NO_RECEIPTS } = useQuery({ ...marksQuery, select: unknownOf, enabled: false })
  const { batches, restored, dismiss } = useShownBatches(started, hydrated && canReturn)
  const { data: run } = useQuery(usesRunQuery)
  const returns = useReturns(0)
  useSettledReturns(returns.own, returns.settled)
  useUndoNewest(returns, batches, started)

  const actions = useMemo(
    () => ({
      begin: (batchId: string) => {
        setStarted((before) => [...before, batchId])
        setJustBegun(batchId)
        setOpen(true)
      },
      show: () => setOpen(true),
      toggle: () => {
        setJustBegun(null)
        setOpen((before) => !before)
      },
      setPage,
      setCount: (section: Section, count: number) => setCounts((before) => ({ ...before, [section]: count })),
    }),
    [],
  )
  const activity = useMemo(() => ({ started, ...actions }), [started, actions])
  const setSlot = useCallback(
    (section: Section, slot: HTMLElement | null) => setSlots((before) => ({ ...before, [section]: slot })),
    [],
  )
  const close = useCallback(() => {
    setOpen(false)
    setJustBegun(null)
  }, [])
  // A return of another person that cannot be undone any more is a row's badge, not an entry.
  const shown = returns.shown.filter((each) => each.kind === 'answered' || each.canUndo || returns.isOwn(each))
  const answered = shown.filter(({ kind }) => kind === 'answered')
  const others = unknown.filter((receiptId) => !shown.some(({ id }) => id === receiptId))
  const short = batches.filter(needsPerson)
  const inBatches = new Set(short.flatMap(({ items }) => items.map(({ receiptId }) => receiptId)))
  const panel: ActivityPanelState = {
    open,
    close,
    running:
      shown.length -
      answered.length +
      batches.filter(({ state }) => state !== 'ended' && state !== 'paused').length +
      Number(run?.running ?? false),
    needed:
      answered.length +
      short.length +
      others.filter((id) => !inBatches.has(id)).length +
      counts.needs +
      Number(run?.running === false),
    uses: run && (run.running ? 'running' : 'needs'),
    shown,
    undo: returns.undo,
    dismiss: returns.dismiss,
    batches,
    dismissBatch: dismiss,
    justBegun,
    unknown: others,
    page,
    counts,
    slots,
    setSlot,
  }
  return (
    <ActivityContext value={activity}>
      <ActivityPanelContext value={panel}>
        {hydrated && <SettledWatch />}
        {batches.map((batch) => (
          <BatchWatch key={batch.id} batch={batch} restored={restored.has(batch.id)} />
        ))}
        {children}
      </ActivityPanelContext>
    </ActivityContext>
  )
}
