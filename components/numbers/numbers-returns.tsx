'use client'

import { useCallback, useMemo } from 'react'
import { useBatchAction } from '@/components/batches/batch-actions'
import { useHeldBatch } from '@/components/batches/use-held-batch'
import { ReturnsPanel } from '@/components/returns/returns-panel'
import { useUndoKey } from '@/components/returns/use-returns'
import { useNumbers } from './numbers-context'

export function NumbersReturns() {
  const { returns, view, batch } = useNumbers()
  const heldBatch = useHeldBatch(batch.started)
  const { mutate: undoBatch } = useBatchAction(heldBatch?.id ?? '')
  const { shown, isOwn, newest, undo, announced } = returns
  const onScreen = useMemo(
    () => new Set(view.items.flatMap((item) => (item.kind === 'row' ? item.row.number : []))),
    [view.items],
  )
  const batchIsNewer = heldBatch !== null && Date.parse(heldBatch.sendsAt ?? '') > (newest?.sendsAt ?? 0)
  const undoNewest = useCallback(() => {
    if (batchIsNewer) undoBatch('stop')
    else if (newest) undo(newest)
  }, [batchIsNewer, undoBatch, newest, undo])
  useUndoKey(batchIsNewer || newest ? undoNewest : null)
  const listed = shown.filter(
    (each) => each.kind === 'answered' || ((each.canUndo || isOwn(each)) && !onScreen.has(each.number)),
  )
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {announced}
      </p>
      <ReturnsPanel returns={returns} shown={listed} />
    </>
  )
}
