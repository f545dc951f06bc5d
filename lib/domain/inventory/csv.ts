import { BYTE_ORDER_MARK, csvLine } from '@/lib/domain/csv/csv'
import type { NumberUse } from '@/lib/domain/use/use'
import type { NumberRow } from './rows'
import { NO_USES, rowUse, type Uses } from './unused'

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

const USE_COLUMNS: readonly [heading: string, cell: (use: NumberUse) => string | null][] = [
  ['Last used at', ({ lastUsedAt }) => lastUsedAt],
  ['Last use', ({ lastKind }) => lastKind],
  ['Use said of', ({ basis }) => (basis === 'none' ? null : basis)],
  ['Use covered since', ({ coveredSince }) => coveredSince],
  ['Use read at', ({ readAt }) => readAt],
]

/** The rows as CSV (RFC 4180, UTF-8 with a byte-order mark). */
export function numbersCsv(rows: readonly NumberRow[], uses: Uses = NO_USES): string {
  const headings = [...COLUMNS, ...USE_COLUMNS].map(([heading]) => heading)
  const lineOf = (row: NumberRow) => {
    const use = rowUse(uses, row)
    return [...COLUMNS.map(([, cell]) => cell(row)), ...USE_COLUMNS.map(([, cell]) => use && cell(use))]
  }
  const lines = [headings, ...rows.map(lineOf)]
  return BYTE_ORDER_MARK + lines.map(csvLine).join('')
}
