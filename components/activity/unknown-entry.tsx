'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { AppLink } from '@/components/ui/app-link'
import { Button, buttonClass } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import { ApiProblem, isSignedOut } from '@/lib/client/fetch/api'
import { formatCount, plural } from '@/lib/client/format/format'
import { batchesKey } from '@/lib/client/queries/batches'
import { checkReturn, returnsKey } from '@/lib/client/queries/returns'

/** The most receipts that one press checks, one after the other: each is a read from Vida. */
const MOST_CHECKED = 50

/** Returns whose outcome is unknown, other than those of this tab. */
export function UnknownEntry({ receipts }: { receipts: readonly string[] }) {
  const client = useQueryClient()
  const toast = useToast()
  const check = useMutation({
    mutationFn: async () => {
      const result = { settled: 0, left: 0, failed: 0 }
      for (const receiptId of receipts.slice(0, MOST_CHECKED)) {
        try {
          const { outcome } = await checkReturn(client, receiptId)
          if (outcome === 'unknown') result.left += 1
          else result.settled += 1
        } catch (error) {
          // One that was returned by hand can't be checked; the others can.
          if (!(error instanceof ApiProblem) || isSignedOut(error)) throw error
          result.failed += 1
        }
      }
      return result
    },
    onSuccess: ({ settled, left, failed }) => {
      const not = failed > 0 ? `, ${formatCount(failed)} could not be checked` : ''
      const text = `${plural(settled + left + failed, 'return')} checked: ${formatCount(settled)} settled, ${formatCount(left)} still unknown${not}.`
      toast(text, left + failed === 0 ? 'result' : 'caution')
    },
    onError: (error) => toast(`Not every return could be checked. ${error.message}`, 'failure'),
    onSettled: () => Promise.all([returnsKey, batchesKey].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <p className="grow font-medium text-ink">{`${plural(receipts.length, 'return')} with an unknown outcome`}</p>
      <span className="flex gap-2">
        <Button size="small" busy={check.isPending} onClick={() => check.mutate()}>
          {receipts.length > MOST_CHECKED ? `Check ${MOST_CHECKED}` : 'Check all'}
        </Button>
        <AppLink href="/history?outcome=unknown" className={buttonClass('secondary', 'small')}>
          Show them
        </AppLink>
      </span>
    </div>
  )
}
