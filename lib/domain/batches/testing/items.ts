import type { BatchItem, BatchItemOutcome } from '@/lib/domain/batches/batch'

export function itemOf(number: string, outcome: BatchItemOutcome = 'refused', accountId = '1'): BatchItem {
  const names = { national: null, accountName: null, organizationId: null, organizationName: null }
  return { number, accountId, ...names, outcome, message: null, receiptId: null, verified: null }
}
