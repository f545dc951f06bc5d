import { request } from '@/lib/client/fetch/api'
import { formatCount, plural } from '@/lib/client/format/format'
import type { BatchSummary } from '@/lib/domain/batches/batch'
import { isBatchList } from './batches'

const TIMEOUT_MS = 3_000

/** None if they can't be read in time. Without the query client, which leaves the page when a session has ended. */
export async function runningBatches(): Promise<BatchSummary[]> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const { batches } = await request('/api/batches', isBatchList, { background: true, signal })
    return batches.filter(({ state }) => state === 'running')
  } catch {
    return []
  }
}

export function runningWording(batches: readonly Pick<BatchSummary, 'total' | 'counts'>[]): string {
  const waiting = batches.reduce((sum, { counts }) => sum + counts.waiting, 0)
  const total = batches.reduce((sum, each) => sum + each.total, 0)
  const what =
    batches.length === 1
      ? `A batch of ${plural(total, 'number')} is running`
      : `${plural(batches.length, 'batch', 'batches')} of ${plural(total, 'number')} are running`
  return `${what}; ${formatCount(waiting)} ${waiting === 1 ? 'is' : 'are'} not sent yet.`
}
