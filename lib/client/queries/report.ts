import { queryOptions } from '@tanstack/react-query'
import { request, send } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import type { ProtectionChange } from '@/lib/domain/protections/protection'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import type { Totals } from '@/lib/domain/returns/report'
import { type ReturnsFilter, returnsKey, returnsSearch } from './returns'

export interface ReportAnswer extends Totals {
  asOf: string
  protections: ProtectionChange[]
  more: boolean
}

interface ReceiptsPage {
  returns: ReturnRecord[]
  nextCursor: string | null
}

const isReport = shaped<ReportAnswer>('returns', 'outcomes', 'customers', 'people', 'reasons', 'protections')
const isPage = shaped<ReceiptsPage>('returns', 'nextCursor')

/** The most entries of one answer. */
const LARGEST_PAGE = 200

/** Each receipt that matches, newest first, also those of batches; at least `most` of them if there are more. */
async function readReceipts(filter: ReturnsFilter, most: number, signal?: AbortSignal): Promise<ReturnRecord[]> {
  const receipts: ReturnRecord[] = []
  let cursor: string | null = ''
  while (cursor !== null && receipts.length < most) {
    const query = returnsSearch(filter)
    query.set('limit', String(LARGEST_PAGE))
    if (cursor) query.set('cursor', cursor)
    const page: ReceiptsPage = await request(`/api/returns?${query}`, isPage, signal ? { signal } : {})
    receipts.push(...page.returns)
    cursor = page.nextCursor
  }
  return receipts
}

/** The totals and the newest receipts. @throws as `request` */
export async function readReport(filter: ReturnsFilter, most: number, signal?: AbortSignal) {
  const [report, receipts] = await Promise.all([
    request(`/api/returns/report?${returnsSearch(filter)}`, isReport, signal ? { signal } : {}),
    readReceipts(filter, most, signal),
  ])
  return { report, receipts }
}

export function reportQuery(filter: ReturnsFilter) {
  return queryOptions({
    queryKey: [...returnsKey, 'report', filter],
    queryFn: ({ signal }) => readReport(filter, LARGEST_PAGE, signal),
    staleTime: 0,
  })
}

/** @throws as `send` */
export function fetchReportCsv(filter: ReturnsFilter): Promise<Response> {
  const query = returnsSearch(filter)
  query.set('format', 'csv')
  return send(`/api/returns/report?${query}`)
}
