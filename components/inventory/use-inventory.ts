'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useHydrated } from '@/components/ui/hydration'
import { dismissChanges, inventoryQuery, numbersQuery, readParts } from '@/lib/client/queries/inventory'
import { changeCount, compareInventories, inventoryBefore, NO_CHANGES } from '@/lib/domain/inventory/changes'
import type { Snapshot } from '@/lib/domain/inventory/events'
import { joinInventory, noRows } from '@/lib/domain/inventory/rows'
import { EMPTY_STATE, type InventoryState, type Part, partOf, retryable } from '@/lib/domain/inventory/state'

/** Above this many failed parts, one scan makes fewer requests than reading each part by itself. */
const MOST_PARTS = 200

/** A scan that came to its end without reading a single account failed, whatever is shown from before. */
function whyNothing({ ended, complete, accountsRead, problems }: InventoryState): string | null {
  if (!ended || complete || accountsRead > 0) return null
  return (
    problems.find((problem) => partOf(problem) === null)?.detail ?? problems[0]?.detail ?? 'No account could be read.'
  )
}

function useDrawnSnapshot(start: Snapshot | null) {
  const hydrated = useHydrated()
  // The whole list, which comes as soon, would delay the drawing of its start.
  const [startDrawn, setStartDrawn] = useState(start === null)
  useEffect(() => {
    if (hydrated) setStartDrawn(true)
  }, [hydrated])
  const { data, isPending: storedPending } = useQuery({ ...inventoryQuery, enabled: startDrawn })
  const snapshot = storedPending ? start : (data ?? null)
  // The server knows no selection of this tab, so what is hydrated has no rows. The first list is the page's largest
  // drawing; deferred, it is drawn in slices.
  const stored = useDeferredValue(hydrated ? snapshot : null)
  // A scan that begins before the stored list is drawn would delay it.
  const storedDrawn = useDeferredValue(!storedPending && (stored === data || !data))
  return { stored, storedDrawn }
}

/** `start`: of the stored list, as far as its first rows reach, to be drawn until the whole is there. */
export function useInventory(start: Snapshot | null = null) {
  const client = useQueryClient()
  const { stored, storedDrawn } = useDrawnSnapshot(start)
  const {
    data: scanned,
    fetchStatus,
    isPending,
    error: scanError,
    refetch,
  } = useQuery({
    ...numbersQuery,
    enabled: storedDrawn,
  })
  // Each update of a long list is drawn in slices, and a key that is pressed meanwhile goes first.
  const scan = useDeferredValue(
    useMemo(
      () => ({ data: scanned, fetchStatus, isPending, error: scanError }),
      [scanned, fetchStatus, isPending, scanError],
    ),
  )
  const state = scan.data ?? EMPTY_STATE
  const [made] = useState(noRows)
  const inventory = useMemo(() => joinInventory(stored, state, made), [stored, state, made])
  const { lastComplete, lastCompleteAt, returned } = state
  const before = useMemo(() => stored && inventoryBefore(stored), [stored])
  const changes = useMemo(() => {
    // Until a scan is complete, only the stored changes are known.
    const now = lastComplete?.values() ?? (stored?.before && stored.accounts)
    return before && now ? compareInventories(before, now, returned) : NO_CHANGES
  }, [stored, before, lastComplete, returned])
  const retries = useRef<AbortController | null>(null)
  useEffect(() => () => retries.current?.abort(), [])
  const again = useMutation({
    mutationFn: (parts: readonly Part[]) => {
      retries.current = new AbortController()
      return readParts(client, parts, retries.current.signal)
    },
  })
  /** A scan reads everything, so retries of parts and their failures are void. */
  const refresh = () => {
    retries.current?.abort()
    again.reset()
    void refetch()
  }
  const retry = () => {
    const parts = scan.error ? [] : retryable(state)
    if (parts.length === 0 || parts.length > MOST_PARTS) refresh()
    else again.mutate(parts)
  }
  const reading = scan.fetchStatus === 'fetching'
  const error = scan.error ?? again.error
  const starts = stored !== null && stored === start
  const nothing = inventory.total === 0 && !error && (scan.fetchStatus !== 'idle' || scan.isPending)
  return {
    inventory,
    state,
    /** A scan has begun: the marks' account reads have a state to be taken into. */
    begun: scan.data !== undefined,
    reading,
    /** Rows may be there, those that the list begins with; how many there are is not known. */
    waiting: starts || nothing,
    counted: !starts && (inventory.total > 0 || state.complete),
    /** Why nothing could be read, as a sentence; null while reading, and when at least one account was read. */
    failure: reading ? null : (error?.message ?? whyNothing(state)),
    asOf: state.readAt ?? stored?.readAt ?? null,
    refresh,
    retry,
    retrying: again.isPending,
    changes,
    changed: changeCount(changes),
    changedSince: before?.readAt ?? null,
    dismissChanges: () => {
      if (lastComplete && lastCompleteAt)
        dismissChanges(client, { readAt: lastCompleteAt, accounts: [...lastComplete.values()] })
      else if (stored) dismissChanges(client, { readAt: stored.readAt, accounts: stored.accounts })
    },
  }
}

export type InventoryModel = ReturnType<typeof useInventory>
