import 'server-only'
import type { ReturnNote } from '@/lib/domain/returns/record'
import type { Queries } from './context'

/** By receipt, in the order in which they were added. */
export async function notesOf(queries: Queries, receiptIds: readonly string[]): Promise<Map<string, ReturnNote[]>> {
  if (receiptIds.length === 0) return new Map()
  const rows = await queries
    .selectFrom('return_notes')
    .select(['receipt_id', 'at', 'operator', 'note'])
    .where('receipt_id', 'in', receiptIds)
    .orderBy('receipt_id')
    .orderBy('seq')
    .execute()
  const byReceipt = new Map<string, ReturnNote[]>()
  for (const { receipt_id, ...note } of rows) byReceipt.set(receipt_id, [...(byReceipt.get(receipt_id) ?? []), note])
  return byReceipt
}
