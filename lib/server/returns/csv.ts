import 'server-only'
import { BYTE_ORDER_MARK, csvLine } from '@/lib/domain/csv/csv'
import type { ReturnRecord } from '@/lib/domain/returns/record'

const COLUMNS: readonly [heading: string, cell: (record: ReturnRecord) => string | null][] = [
  ['Receipt', (record) => record.receiptId],
  ['Number', (record) => record.number],
  ['National form', (record) => record.national],
  ['Outcome', (record) => record.outcome],
  ['Confirmed gone', (record) => (record.verified === null ? null : record.verified ? 'yes' : 'no')],
  ['Looked at', (record) => record.verifiedAt],
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

/**
 * The records as a stream of CSV (RFC 4180, UTF-8 with a byte-order mark), page by page as the ledger gives them.
 * Rejects with what the first page throws, so that an answer begins only if there is something to answer.
 */
export async function csvOfReturns(pages: AsyncIterable<readonly ReturnRecord[]>): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  const iterator = pages[Symbol.asyncIterator]()
  const first = await iterator.next()
  async function* text() {
    try {
      yield BYTE_ORDER_MARK + csvLine(COLUMNS.map(([heading]) => heading))
      for (let page = first; !page.done; page = await iterator.next()) {
        yield page.value.map((record) => csvLine(COLUMNS.map(([, cell]) => cell(record)))).join('')
      }
    } finally {
      await iterator.return?.()
    }
  }
  const lines = text()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await lines.return(undefined)
    },
  })
}
