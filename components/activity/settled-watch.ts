'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { useToast } from '@/components/ui/toast'
import { plural } from '@/lib/client/format/format'
import { marksQuery } from '@/lib/client/queries/marks'
import { ownReturnsQuery } from '@/lib/client/queries/own-returns'
import { followAfter, receiptQuery } from '@/lib/client/queries/returns'
import type { ReturnMarks } from '@/lib/domain/returns/marks'
import { type Settled, settledSince } from '@/lib/domain/returns/settled-since'

function wordingFor(settled: readonly Settled[]) {
  const [first] = settled
  if (settled.length !== 1 || !first)
    return {
      text: `${plural(settled.length, 'return')} with an unknown outcome are settled now.`,
      more: { href: '/history', words: 'History' },
    }
  const { number, receiptId, returned } = first
  return {
    text: returned
      ? `${number} was returned after all: it is confirmed gone.`
      : `${number}: its unknown return is settled now. The receipt says how.`,
    more: { href: `/history?receipt=${encodeURIComponent(receiptId)}`, words: 'Receipt' },
  }
}

/** Says when an unknown return is settled, unless an open receipt does. A component, so that only it is drawn again. */
export function SettledWatch(): null {
  const client = useQueryClient()
  const toast = useToast()
  const { id: accountId } = useAccount()
  const { data, dataUpdatedAt } = useQuery({ ...marksQuery, enabled: false })
  // What was settled while another page was open was seen there.
  const [since] = useState(Date.now)
  const before = useRef<ReturnMarks | null>(null)
  useEffect(() => {
    if (!data || dataUpdatedAt < since) return
    const settledNow = before.current ? settledSince(before.current, data) : []
    before.current = data
    const own = client.getQueryData(ownReturnsQuery(accountId).queryKey) ?? []
    const settled = settledNow.filter(({ receiptId }) => {
      // What was confirmed in this tab is told with its receipt.
      if (own.some((each) => each.step === 'answered' && each.receiptId === receiptId)) return false
      const seen = client.getQueryData(receiptQuery(receiptId).queryKey)
      return !seen || followAfter([seen]) !== false
    })
    if (settled.length === 0) return
    const { text, more } = wordingFor(settled)
    toast(text, settled.every(({ returned }) => returned) ? 'result' : 'caution', more)
  }, [data, dataUpdatedAt, since, client, toast, accountId])
  return null
}
