import { reasonWording } from '@/components/returns/outcome-wording'
import { WaitingBadge } from '@/components/returns/return-status'
import type { ShownReturn } from '@/components/returns/shown-returns'
import { Badge } from '@/components/ui/badge'
import type { RowMarks } from '@/lib/domain/inventory/marks'
import { protectedSentence } from '@/lib/domain/protections/wording'

const EARLIER_RETURN = {
  under_way: 'Returning',
  not_settled: 'Return not settled',
  still_listed: 'Accepted, still listed',
}

export function RowBadges({ marks, shown }: { marks: RowMarks; shown: ShownReturn | null }) {
  const { change, obstacle, protection, earlierReturn, refused, batchSize, notReadAgain } = marks
  return (
    <>
      {change && <Badge tone="good">{change}</Badge>}
      {protection && <Badge title={protectedSentence(protection)}>Protected</Badge>}
      {obstacle === 'in_two_accounts' && <Badge tone="warn">In two accounts</Badge>}
      {shown?.kind === 'waiting' ? (
        <WaitingBadge waiting={shown} />
      ) : (
        earlierReturn && <Badge tone="warn">{EARLIER_RETURN[earlierReturn]}</Badge>
      )}
      {/* What was confirmed in this tab has a line below its row. */}
      {refused && shown === null && (
        <Badge tone="warn" title={reasonWording(refused)}>
          Refused
        </Badge>
      )}
      {batchSize > 0 && <Badge title="It waits in a batch.">In a batch</Badge>}
      {notReadAgain && (
        <Badge tone="warn" title="This account could not be read now. You see what was read before.">
          Not read again
        </Badge>
      )}
    </>
  )
}
