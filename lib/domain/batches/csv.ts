import { BYTE_ORDER_MARK, csvLine } from '@/lib/domain/csv/csv'
import type { Job, JobItem } from './batch'

const COLUMNS: readonly [heading: string, cell: (item: JobItem, job: Job) => string | null][] = [
  ['Batch', (_, job) => job.id],
  ['Number', (item) => item.number],
  ['National form', (item) => item.national],
  ['Outcome', (item) => item.outcome],
  ['Confirmed gone', (item) => (item.verified === null ? null : item.verified ? 'yes' : 'no')],
  ['Agent account', (item) => item.accountName],
  ['Agent account id', (item) => item.accountId],
  ['Organization', (item) => item.organizationName],
  ['Organization id', (item) => item.organizationId],
  ['Message', (item) => item.message],
  ['Receipt', (item) => item.receiptId],
  ['Note', (_, job) => job.note],
  ['Requested at', (_, job) => job.createdAt],
  ['Requested by', (_, job) => `${job.requestedBy.name} (${job.requestedBy.id})`],
]

/** The batch as CSV, a line for each number whether or not it was sent (RFC 4180, UTF-8 with a byte-order mark). */
export function csvOfJob(job: Job): string {
  const lines = [
    COLUMNS.map(([heading]) => heading),
    ...job.items.map((item) => COLUMNS.map(([, cell]) => cell(item, job))),
  ]
  return BYTE_ORDER_MARK + lines.map(csvLine).join('')
}
