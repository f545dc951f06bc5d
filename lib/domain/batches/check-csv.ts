import { BYTE_ORDER_MARK, csvLine } from '@/lib/domain/csv/csv'
import type { CheckedLine } from './check'
import { holderOf, STATUS_WORDING, whyWording } from './check-wording'

type Cell = (line: CheckedLine, at: (iso: string) => string) => string | null

const COLUMNS: readonly [heading: string, cell: Cell][] = [
  ['Line', ({ line }) => String(line)],
  ['What stood there', ({ text }) => text],
  ['Read as', ({ readAs }) => readAs],
  ['Held by', holderOf],
  ['Status', ({ status }) => STATUS_WORDING[status]],
  ['Reason', ({ why }, at) => whyWording(why, at)],
  ['Receipt', ({ why }) => (why?.kind === 'return' ? why.latest.receiptId : null)],
]

/** The lines as CSV (RFC 4180, UTF-8 with a byte-order mark). `at` writes a time (ISO 8601). */
export function linesCsv(lines: readonly CheckedLine[], at: (iso: string) => string): string {
  const rows = [COLUMNS.map(([heading]) => heading), ...lines.map((line) => COLUMNS.map(([, cell]) => cell(line, at)))]
  return BYTE_ORDER_MARK + rows.map(csvLine).join('')
}
