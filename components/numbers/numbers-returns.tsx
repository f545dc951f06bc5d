'use client'

import { useCallback, useMemo } from 'react'
import { ReturnsPanel } from '@/components/returns/returns-panel'
import { useUndoKey } from '@/components/returns/use-returns'
import { useNumbers } from './numbers-context'

/** Returns that have no row on screen or need a person, and what is said and pressed about them. */
export function NumbersReturns() {
  const { returns, view } = useNumbers()
  const { shown, isOwn, newest, undo, announced } = returns
  const onScreen = useMemo(
    () => new Set(view.items.flatMap((item) => (item.kind === 'row' ? item.row.number : []))),
    [view.items],
  )
  const undoNewest = useCallback(() => newest && undo(newest), [newest, undo])
  useUndoKey(newest ? undoNewest : null)
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
