import { useEffect, useState } from 'react'
import { inSlices } from '@/lib/client/fetch/in-slices'
import { type CheckedLine, type CheckSources, checkLines, type ListEntry } from '@/lib/domain/batches/check'
import type { Checked } from './use-list-check'

interface Judged extends Pick<Checked, 'reading'> {
  lines: readonly CheckedLine[]
}

/** The lines as the list is now, null until they are judged. */
export function useCheckedLines(
  checked: Checked | null,
  { inventory, obstacle }: Pick<CheckSources, 'inventory' | 'obstacle'>,
): readonly CheckedLine[] | null {
  const [judged, setJudged] = useState<Judged | null>(null)
  const [several] = useState(() => new WeakSet<ListEntry>())
  useEffect(() => {
    if (!checked) return
    const { reading, entries, latest } = checked
    const over = new AbortController()
    inSlices(checkLines(entries, { inventory, obstacle, latest, several }), over.signal).then(
      (lines) => setJudged({ reading, lines }),
      () => {
        // Other entries, or the same by a newer list, are being judged.
      },
    )
    return () => over.abort()
  }, [checked, inventory, obstacle, several])
  return judged && judged.reading === checked?.reading ? judged.lines : null
}
