import { plural } from '@/lib/client/format/format'
import type { Batch } from '@/lib/domain/batches/batch'
import { endedWording, successOf } from '@/lib/domain/batches/wording'

type Ended = Pick<Batch, 'state' | 'reason' | 'counts' | 'total'>

export function endedMessage(batches: readonly Ended[]): { text: string; tone: 'result' | 'caution' } {
  return {
    text: batches.map((batch) => `The batch of ${plural(batch.total, 'number')} ${endedWording(batch)}.`).join(' '),
    tone: batches.every((batch) => successOf(batch) === 'all') ? 'result' : 'caution',
  }
}
