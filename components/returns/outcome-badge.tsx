import type { RecordOutcome } from '@/lib/domain/returns/record'
import { OUTCOME_WORDS } from '@/lib/domain/returns/wording'
import { Badge } from '../ui/badge'

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
  return <Badge tone={TONES[outcome]}>{OUTCOME_WORDS[outcome]}</Badge>
}
