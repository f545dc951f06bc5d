import { useEffect, useState } from 'react'
import { type CheckedLine, type CheckSources, checkLines, type ListEntry } from '@/lib/domain/batches/check'

const SLICE_MS = 10

const rest = () => new Promise((resolve) => setTimeout(resolve))

/** The lines as the list is now, null until they are judged: in slices, because thousands would hold the page. */
export function useCheckedLines(
  entries: readonly ListEntry[] | null,
  { inventory, obstacle, latest }: CheckSources,
): readonly CheckedLine[] | null {
  const [lines, setLines] = useState<readonly CheckedLine[] | null>(null)
  useEffect(() => {
    let isOver = false
    const judge = async (asked: readonly ListEntry[]) => {
      const judged: CheckedLine[] = []
      let endsAt = performance.now() + SLICE_MS
      for (const line of checkLines(asked, { inventory, obstacle, latest })) {
        judged.push(line)
        if (performance.now() < endsAt) continue
        await rest()
        if (isOver) return
        endsAt = performance.now() + SLICE_MS
      }
      setLines(judged)
    }
    if (entries) void judge(entries)
    return () => {
      isOver = true
    }
  }, [entries, inventory, obstacle, latest])
  return entries && lines
}
