import { Badge } from '@/components/ui/badge'
import type { RecordOutcome } from '@/lib/domain/returns/record'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'

const TONES = {
  returned: 'good',
  already_gone: 'plain',
  refused: 'warn',
  unknown: 'warn',
  open: 'plain',
  not_sent: 'plain',
  not_returned: 'plain',
} as const satisfies Record<RecordOutcome, string>

export function OutcomeBadge({ outcome }: { outcome: RecordOutcome }) {
  return <Badge tone={TONES[outcome]}>{OUTCOME_WORDING[outcome]}</Badge>
}
