'use client'

import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { marksQuery } from '@/lib/client/queries/marks'
import type { WaitingReturn } from './shown-returns'
import { useReturns, useUndoKey } from './use-returns'

/** For a page without the list: what has not been sent yet, by its receipt, and how to undo it. */
export function useHeld() {
  useQuery({ ...marksQuery, select: () => null })
  const { shown, undo, newest } = useReturns(0)
  const undoNewest = useCallback(() => newest && undo(newest), [newest, undo])
  useUndoKey(newest ? undoNewest : null)
  return {
    undo,
    of: (receiptId: string): WaitingReturn | null =>
      shown.find((each): each is WaitingReturn => each.kind === 'waiting' && each.receiptId === receiptId) ?? null,
  }
}

export type Held = ReturnType<typeof useHeld>
