'use client'

import { type KeyboardEvent, useEffect, useRef } from 'react'

const STEPS: Record<string, 1 | -1> = { j: 1, k: -1 }

/** A key handler: `j` and `k` go from one of the listed to its neighbours, also after it has left the list. */
export function useStepKeys(listed: readonly string[], from: string | null, go: (next: string) => void) {
  const place = useRef(0)
  useEffect(() => {
    const at = from === null ? -1 : listed.indexOf(from)
    if (at >= 0) place.current = at
  }, [listed, from])
  return (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (!step || event.ctrlKey || event.metaKey || event.altKey || from === null) return
    const at = listed.indexOf(from)
    // What came after it has taken its place.
    const next = at >= 0 ? at + step : place.current + Math.min(step, 0)
    const to = listed[next]
    if (to !== undefined) go(to)
  }
}
