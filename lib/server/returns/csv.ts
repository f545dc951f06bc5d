import 'server-only'
import { BYTE_ORDER_MARK, csvLine } from '@/lib/domain/csv/csv'
import type { ReturnNote, ReturnRecord } from '@/lib/domain/returns/record'
import { textStream } from '@/lib/server/http/text-stream'
import { inSlices } from '@/lib/server/process/slices'

function laterNote({ at, operator, note }: ReturnNote): string {
  return `${[at, operator].filter(Boolean).join(' ')}: ${note}`
}

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
  ['Person', (record) => record.operator],
  ['Reason', (record) => record.reason],
  ['Later notes', (record) => record.notes.map(laterNote).join('\n') || null],
]

/** The head, then a piece for each page, the first of which is read before the head is given. */
export async function* csvPieces(pages: AsyncIterable<readonly ReturnRecord[]>): AsyncGenerator<string> {
  const iterator = inSlices(pages)
  try {
    const first = await iterator.next()
    yield csvLine(COLUMNS.map(([heading]) => heading))
    for (let page = first; !page.done; page = await iterator.next())
      yield page.value.map((record) => csvLine(COLUMNS.map(([, cell]) => cell(record)))).join('')
  } finally {
    await iterator.return?.()
  }
}

/** Rejects if the first page does, so that no answer begins before the ledger was read. */
export async function csvOfReturns(pages: AsyncIterable<readonly ReturnRecord[]>): Promise<ReadableStream<Uint8Array>> {
  const pieces = csvPieces(pages)
  const head = await pieces.next()
  async function* file() {
    try {
      yield BYTE_ORDER_MARK + (head.value ?? '')
      yield* pieces
    } finally {
      await pieces.return(undefined)
    }
  }
  return textStream(file())
}
