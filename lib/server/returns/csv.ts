import 'server-only'
import { BYTE_ORDER_MARK, csvLine } from '@/lib/domain/csv/csv'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { textStream } from '@/lib/server/http/text-stream'
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
  ['Last used at', (record) => record.lastUsedAt],
  ['Last use', (record) => record.lastKind],
  ['Use said of', (record) => record.useBasis],
]

/** Rejects if the first page does, so that no answer begins before the ledger was read. */
export async function csvOfReturns(pages: AsyncIterable<readonly ReturnRecord[]>): Promise<ReadableStream<Uint8Array>> {
  const iterator = inSlices(pages)
  const first = await iterator.next()
  async function* pieces() {
    try {
      yield BYTE_ORDER_MARK + csvLine(COLUMNS.map(([heading]) => heading))
      for (let page = first; !page.done; page = await iterator.next())
        yield page.value.map((record) => csvLine(COLUMNS.map(([, cell]) => cell(record)))).join('')
    } finally {
      await iterator.return?.()
    }
  }
  return textStream(pieces())
}
