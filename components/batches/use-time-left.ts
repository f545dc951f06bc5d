'use client'

import { useState } from 'react'
import type { Job } from '@/lib/domain/batches/batch'

/** How far a batch was when this page saw it run; a pause begins anew. `at` in ms. */
interface Progress {
  at: number
  done: number
}

/** Numbers whose turn is over. */
export function doneOf({ counts, total }: Job): number {
  return total - counts.waiting - counts.open
}

/** How long the rest takes at the rate that this page has seen, in words; null while it does not run or has no rate. */
export function useTimeLeft(job: Job | undefined): string | null {
  const [since, setSince] = useState<Progress | null>(null)
  const running = job?.state === 'running'
  if (job && running && !since) setSince({ at: Date.now(), done: doneOf(job) })
  if (!running && since) setSince(null)
  if (!job || !since || job.counts.waiting === 0) return null
  const sinceThen = doneOf(job) - since.done
  // The first ones were under way already, so they tell too short a time.
  if (sinceThen < 4) return null
  const seconds = (((Date.now() - since.at) / sinceThen) * (job.total - doneOf(job))) / 1000
  return seconds < 90
    ? `about ${Math.max(1, Math.round(seconds))} s left`
    : `about ${Math.round(seconds / 60)} min left`
}
