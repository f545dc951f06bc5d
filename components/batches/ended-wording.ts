import { plural } from '@/lib/client/format/format'
import type { Job } from '@/lib/domain/batches/batch'
import { endedWords, successOf } from '@/lib/domain/batches/wording'

type Ended = Pick<Job, 'state' | 'reason' | 'counts' | 'total'>

/** What is told of batches that are over. A tick is for those of which everything was returned. */
export function endedNews(jobs: readonly Ended[]): { text: string; tone: 'result' | 'caution' } {
  return {
    text: jobs.map((job) => `The batch of ${plural(job.total, 'number')} ${endedWords(job)}.`).join(' '),
    tone: jobs.every((job) => successOf(job) === 'all') ? 'result' : 'caution',
  }
}
