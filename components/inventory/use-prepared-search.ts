'use client'

import { useEffect } from 'react'
import type { AccountRows } from '@/lib/domain/inventory/rows'
import { prepareSearch } from '@/lib/domain/inventory/search'

/** Of a frame of 16 ms, what nobody feels. */
const STEP_MS = 4
/** Between steps where the browser does not tell when it has nothing to do (Safari). */
const PAUSE_MS = 30

function whenIdle(step: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(step, PAUSE_MS)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(step)
  return () => cancelIdleCallback(handle)
}

/** Prepares the search while the page has nothing else to do, so that neither the first list nor the first key waits for it. */
export function usePreparedSearch(accounts: readonly AccountRows[]): void {
  useEffect(() => {
    const steps = prepareSearch(accounts, STEP_MS)
    const step = () => {
      if (!steps.next().done) stop = whenIdle(step)
    }
    let stop = whenIdle(step)
    return () => stop()
  }, [accounts])
}
