import type { RowMarks } from '@/components/inventory/use-marks'
import { Badge } from '@/components/ui/badge'
import type { NumberRow } from '@/lib/domain/inventory/rows'

const EARLIER_RETURN = {
  under_way: 'Returning',
  not_settled: 'Return not settled',
  still_listed: 'Accepted, still listed',
}

/** What is odd about a row, and what changed. */
export function RowBadges({ row, marks }: { row: NumberRow; marks: RowMarks }) {
  const change = marks.change(row)
  const twice = marks.inTwoAccounts(row)
  const earlier = marks.earlierReturn(row)
  return (
    <>
      {change && <Badge tone="good">{change}</Badge>}
      {twice && <Badge tone="warn">In two accounts</Badge>}
      {earlier && <Badge tone="warn">{EARLIER_RETURN[earlier]}</Badge>}
      {marks.inBatch(row) && <Badge title="It waits for its turn in a batch.">In a batch</Badge>}
      {marks.notReadAgain(row) && (
        <Badge tone="warn" title="This account could not be read now; shown is what was read before.">
          Not read again
        </Badge>
      )}
    </>
  )
}
