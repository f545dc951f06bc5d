import { Notice } from '@/components/ui/notice'
import { formatCount } from '@/lib/client/format/format'
import type { NumberRow } from '@/lib/domain/inventory/rows'

/** Numbers that are named. */
const MOST_NAMED = 5

/** What a batch leaves out because it is protected. */
export function ProtectedRows({ rows }: { rows: readonly NumberRow[] }) {
  if (rows.length === 0) return null
  const named = rows.slice(0, MOST_NAMED).map(({ number }) => number)
  const others = rows.length - named.length
  const more = others > 0 ? ` and ${formatCount(others)} more` : ''
  const which = rows.length === 1 ? '1 number is' : `${formatCount(rows.length)} numbers are`
  return (
    <div className="px-5 pt-3">
      <Notice>{`${which} protected and left out: ${named.join(', ')}${more}.`}</Notice>
    </div>
  )
}
