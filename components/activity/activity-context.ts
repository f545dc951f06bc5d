'use client'

import { createContext, useContext, useEffect } from 'react'
import type { Marks } from '@/components/inventory/use-marks'
import type { ShownReturn, WaitingReturn } from '@/components/returns/shown-returns'
import type { Batch } from '@/lib/domain/batches/batch'
import type { Rest } from '@/lib/domain/batches/rest'
import { successOf } from '@/lib/domain/batches/wording'
import type { Inventory } from '@/lib/domain/inventory/rows'

/** Where a page's own entries stand in the panel. */
export type Section = 'needs' | 'changed'

/** It waits for a person, or ended without returning every number. */
export function needsPerson(batch: Batch): boolean {
  if (batch.state === 'ended') return batch.reason !== 'undone' && successOf(batch) === 'short'
  return batch.state === 'paused'
}

/** What a page with the list does in place; elsewhere the panel leads to History. */
export interface ListPage {
  openBatch: (batchId: string) => void
  /** What it lists, and why a number of it can't be returned now. */
  inventory: Inventory
  obstacle: Marks['obstacle']
  returnRest: (batch: Batch, rest: Rest) => void
}

interface Activity {
  /** Batches that were started on this page: they are shown even if they end at once. */
  started: readonly string[]
  /** Shows a batch that was just started. */
  begin: (batchId: string) => void
  show: () => void
  toggle: () => void
  setPage: (page: ListPage | null) => void
  setCount: (section: Section, count: number) => void
}

export const ActivityContext = createContext<Activity>({
  started: [],
  begin: () => undefined,
  show: () => undefined,
  toggle: () => undefined,
  setPage: () => undefined,
  setCount: () => undefined,
})

export function useActivity(): Activity {
  return useContext(ActivityContext)
}

export interface ActivityPanelState {
  open: boolean
  close: () => void
  /** How many entries are under way, and how many need a person. */
  running: number
  needed: number
  /** Where the reading of the use of accounts is shown; null: there is none. */
  uses: 'running' | 'needs' | null
  /** Returns that are under way or need a person. */
  shown: readonly ShownReturn[]
  undo: (waiting: WaitingReturn) => void
  dismiss: (answered: { id: string }) => void
  batches: readonly Batch[]
  dismissBatch: (batchId: string) => void
  /** A batch that was just started: it takes the focus. */
  justBegun: string | null
  /** Receipts of returns whose outcome is unknown. */
  unknown: readonly string[]
  page: ListPage | null
  counts: Record<Section, number>
  slots: Record<Section, HTMLElement | null>
  setSlot: (section: Section, slot: HTMLElement | null) => void
}

export const ActivityPanelContext = createContext<ActivityPanelState | null>(null)

export function useActivityPanel(): ActivityPanelState {
  const panel = useContext(ActivityPanelContext)
  if (!panel) throw new Error('There is no ActivityProvider here.')
  return panel
}

/** @param page the same object while nothing changes */
export function useListPage(page: ListPage | null): void {
  const { setPage } = useActivity()
  useEffect(() => {
    setPage(page)
    return () => setPage(null)
  }, [setPage, page])
}
