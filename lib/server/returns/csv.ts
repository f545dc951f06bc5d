import 'server-only'
import { BYTE_ORDER_MARK, csvLine } from '@/lib/domain/csv/csv'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { inSlices } from '@/lib/server/process/slices'

const COLUMNS: readonly [heading: string, cell: (record: ReturnRecord) => string | null][] = [
  ['Receipt', (record) => record.receiptId],
  ['Number', (record) => record.number],
  ['National form', (record) => record.national],
  ['Outcome', (record) => record.outcome],
  ['Confirmed gone', (record) => (record.verified === null ? null : record.verified ? 'yes' : 'no')],
  ['Account read at', (record) => record.verifiedAt],
  ['Requested at', (record) => record.requestedAt],
  ['Settled at', (record) => record.settledAt],
  ['Agent account', (record) => record.accountName],
  ['Agent account id', (record) => record.accountId],
  ['Organization', (record) => record.organizationName],
  ['Organization id', (record) => record.organizationId],
  ['Message', (record) => record.message],
  ['Note', (record) => record.note],
  ['Requested by', (record) => `${record.requestedBy.name} (${record.requestedBy.id})`],
  ['Batch', (record) => record.batchId],
]

/** Rejects if the first page does, so that no answer begins before the ledger was read. */
export async function csvOfReturns(pages: AsyncIterable<readonly ReturnRecord[]>): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  const iterator = inSlices(pages)
  const first = await iterator.next()
  async function* bytes() {
    try {
      yield encoder.encode(BYTE_ORDER_MARK + csvLine(COLUMNS.map(([heading]) => heading)))
      for (let page = first; !page.done; page = await iterator.next())
        yield encoder.encode(page.value.map((record) => csvLine(COLUMNS.map(([, cell]) => cell(record)))).join(''))
    } finally {
      await iterator.return?.()
    }
  }
  const chunks = bytes()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
}
