'use client'

import { useState } from 'react'
import type { Batch } from '@/lib/domain/batches/batch'

/** How far a batch was when this page saw it run; a pause begins anew. `at` in ms. */
interface Progress {
  at: number
  done: number
}

/** Numbers whose turn is over. */
export function doneOf({ counts, total }: Batch): number {
  return total - counts.waiting - counts.open
}

/** How long the rest takes at the rate that this page has seen, in words; null while it does not run or has no rate. */
export function useTimeLeft(batch: Batch | undefined): string | null {
  const [since, setSince] = useState<Progress | null>(null)
  const running = batch?.state === 'running'
  if (batch && running && !since) setSince({ at: Date.now(), done: doneOf(batch) })
  if (!running && since) setSince(null)
  if (!batch || !since || batch.counts.waiting === 0) return null
  const sinceThen = doneOf(batch) - since.done
  // The first ones were under way already, so they tell too short a time.
  if (sinceThen < 4) return null
  const seconds = (((Date.now() - since.at) / sinceThen) * (batch.total - doneOf(batch))) / 1000
  return seconds < 90
    ? `about ${Math.max(1, Math.round(seconds))} s left`
    : `about ${Math.round(seconds / 60)} min left`
}
