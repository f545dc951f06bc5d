import { useEffect, useState } from 'react'
import { type CheckedLine, type CheckSources, checkLines, type ListEntry } from '@/lib/domain/batches/check'
import { inSlices } from './in-slices'

/** The lines as the list is now, null until they are judged. */
export function useCheckedLines(
  entries: readonly ListEntry[] | null,
  { inventory, obstacle, latest }: CheckSources,
): readonly CheckedLine[] | null {
  const [lines, setLines] = useState<readonly CheckedLine[] | null>(null)
  useEffect(() => {
    if (!entries) return
    const over = new AbortController()
    inSlices(checkLines(entries, { inventory, obstacle, latest }), over.signal).then(setLines, () => {
      // Lines of other entries, or of a newer list, are judged by now.
    })
    return () => over.abort()
  }, [entries, inventory, obstacle, latest])
  return entries && lines
}
