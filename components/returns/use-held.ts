'use client'

import type { WaitingReturn } from './shown-returns'
import { useReturns } from './use-returns'

/** For a page without the list: what has not been sent yet, by its receipt, and how to undo it. */
export function useHeld() {
  const { shown, undo } = useReturns(0)
  return {
    undo,
    of: (receiptId: string): WaitingReturn | null =>
      shown.find((each): each is WaitingReturn => each.kind === 'waiting' && each.receiptId === receiptId) ?? null,
  }
}

export type Held = ReturnType<typeof useHeld>
