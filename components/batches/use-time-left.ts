'use client'

import { useState } from 'react'
import type { Batch } from '@/lib/domain/batches/batch'

/** The progress when this page first saw the batch run, or run again. `at` in ms. */
interface Progress {
  at: number
  done: number
}

export function doneOf({ counts, total }: Batch): number {
  return total - counts.waiting - counts.open
}

/** “about 2 min left”, by the rate that this page has seen; null: no rate yet. */
export function useTimeLeft(batch: Batch | undefined): string | null {
  const [since, setSince] = useState<Progress | null>(null)
  const running = batch?.state === 'running'
  if (batch && running && !since) setSince({ at: Date.now(), done: doneOf(batch) })
  if (!running && since) setSince(null)
  if (!batch || !since || batch.counts.waiting === 0) return null
  const sinceThen = doneOf(batch) - since.done
  // The first ones were already in progress, so they would make the estimate too short.
  if (sinceThen < 4) return null
  const seconds = (((Date.now() - since.at) / sinceThen) * (batch.total - doneOf(batch))) / 1000
  return seconds < 90
    ? `about ${Math.max(1, Math.round(seconds))} s left`
    : `about ${Math.round(seconds / 60)} min left`
}
