'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useToast } from '@/components/ui/toast'
import { formatTime } from '@/lib/client/format/format'
import { batchesKey } from '@/lib/client/queries/batches'
import { postCheck, postMark, returnsKey } from '@/lib/client/queries/returns'
import { receiptSentence } from './receipt-wording'

/** What a person can do about an unknown outcome: have the account read once more, or say that it is still there. */
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
    mutationFn: postCheck,
    onSuccess: (record) => {
      const looked = record.events.findLast(({ gone }) => gone !== null)
      const still = record.outcome === 'unknown' && looked?.gone === false ? ' It is still listed.' : ''
      const text = `${record.number}: ${receiptSentence(record, (iso) => formatTime(iso, Date.now()))}${still}`
      toast(text, record.outcome === 'returned' && record.verified ? 'result' : 'caution')
    },
    ...handlers,
  })
  const mark = useMutation({
    mutationFn: postMark,
    onSuccess: (record) => toast(`${record.number} is marked as not returned. It can be returned again.`),
    ...handlers,
  })
  return { check, mark }
}

export type Settle = ReturnType<typeof useSettle>
