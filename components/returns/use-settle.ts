'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useToast } from '@/components/ui/toast'
import { formatTime } from '@/lib/client/format/format'
import { batchesKey } from '@/lib/client/queries/batches'
import { checkReturn, markReturn, returnsKey } from '@/lib/client/queries/returns'
import { OUTCOME_WORDING } from '@/lib/domain/returns/wording'
import { receiptDetail } from './receipt-wording'

export function useSettle() {
  const client = useQueryClient()
  const toast = useToast()
  const handlers = {
    onError: (error: Error) => toast(error.message, 'failure'),
    onSettled: () =>
      // A batch's recap counts the same returns.
      Promise.all([returnsKey, batchesKey].map((queryKey) => client.invalidateQueries({ queryKey }))),
  }
  const check = useMutation({
    mutationFn: (receiptId: string) => checkReturn(client, receiptId),
    onSuccess: (record) => {
      const lastRead = record.events.findLast(({ gone }) => gone !== null)
      const still = record.outcome === 'unknown' && lastRead?.gone === false ? ' It is still listed.' : ''
      const detail = receiptDetail(record, (iso) => formatTime(iso, Date.now()))
      const text = `${record.number}: ${OUTCOME_WORDING[record.outcome]}. ${detail}${still}`
      toast(text, record.outcome === 'returned' && record.verified ? 'result' : 'caution')
    },
    ...handlers,
  })
  const mark = useMutation({
    mutationFn: (receiptId: string) => markReturn(client, receiptId),
    onSuccess: (record) => toast(`${record.number} is marked as not returned. It can be returned again.`),
    ...handlers,
  })
  return { check, mark }
}

export type Settle = ReturnType<typeof useSettle>
