import type { KeyboardEvent } from 'react'

const STEPS: Record<string, number> = { j: 1, k: -1 }

/** What `j` and `k` lead to from one of the listed; null: another key, or nothing there. */
export function walkedTo(event: KeyboardEvent, listed: readonly string[], from: string | null): string | null {
  const step = STEPS[event.key]
  if (!step || event.ctrlKey || event.metaKey || event.altKey || from === null) return null
  const at = listed.indexOf(from)
  return (at >= 0 && listed[at + step]) || null
}
