import { BYTE_ORDER_MARK, csvLine } from '@/lib/domain/csv/csv'
import type { NumberRow } from './rows'

const COLUMNS: readonly [heading: string, cell: (row: NumberRow) => string | null][] = [
  ['Number', (row) => row.number],
  ['National form', (row) => row.national],
  ['Country', (row) => row.country],
  ['Agent account', (row) => row.account.name],
  ['Agent account id', (row) => row.account.id],
  ['Organization', (row) => row.account.organizationName],
  ['Organization id', (row) => row.account.organizationId],
  ['State', (row) => row.state],
  ['Cancelled at', (row) => row.endsAt],
  ['SMS', (row) => (row.sms === null ? null : row.sms ? 'yes' : 'no')],
  ['Provider', (row) => row.provider],
  ['Label', (row) => row.label],
]

/** The rows as CSV (RFC 4180, UTF-8 with a byte-order mark). */
export function numbersCsv(rows: readonly NumberRow[]): string {
  const lines = [COLUMNS.map(([heading]) => heading), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))]
  return BYTE_ORDER_MARK + lines.map(csvLine).join('')
}
