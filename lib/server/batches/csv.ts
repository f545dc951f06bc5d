import 'server-only'
import type { Batch, BatchItem } from '@/lib/domain/batches/batch'
import { BYTE_ORDER_MARK, csvLine } from '@/lib/domain/csv/csv'
import { mapInSlices } from '@/lib/server/process/slices'

const COLUMNS: readonly [heading: string, cell: (item: BatchItem, batch: Batch) => string | null][] = [
  ['Batch', (_, batch) => batch.id],
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
  ['Note', (_, batch) => batch.note],
  ['Requested at', (_, batch) => batch.createdAt],
  ['Requested by', (_, batch) => `${batch.requestedBy.name} (${batch.requestedBy.id})`],
  ['Person', (_, batch) => batch.operator],
  ['Reason', (_, batch) => batch.returnReason],
]

/** A line for each number, also for those not sent (RFC 4180, UTF-8 with a byte-order mark). */
export async function csvOfBatch(batch: Batch): Promise<string> {
  const heading = csvLine(COLUMNS.map(([name]) => name))
  const lines = await mapInSlices(batch.items, (item) => csvLine(COLUMNS.map(([, cell]) => cell(item, batch))))
  return BYTE_ORDER_MARK + heading + lines.join('')
}
