'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { AppLink } from '@/components/ui/app-link'
import { Button, buttonClass } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import { formatCount, plural } from '@/lib/client/format/format'
import { batchesKey } from '@/lib/client/queries/batches'
import { postSettle, returnsKey } from '@/lib/client/queries/returns'

/** The most receipts that one press checks, one after the other: each is a read from Vida. */
const MOST_CHECKED = 50

/** Returns whose outcome is unknown, other than those of this tab. */
export function UnknownEntry({ receipts }: { receipts: readonly string[] }) {
  const client = useQueryClient()
  const toast = useToast()
  const check = useMutation({
    mutationFn: async () => {
      const checked = []
      for (const receiptId of receipts.slice(0, MOST_CHECKED)) checked.push(await postSettle(receiptId, 'check'))
      return checked
    },
    onSuccess: (checked) => {
      const settled = checked.filter(({ outcome }) => outcome !== 'unknown').length
      const left = checked.length - settled
      const text = `${plural(checked.length, 'return')} checked: ${formatCount(settled)} settled, ${formatCount(left)} still unknown.`
      toast(text, left === 0 ? 'result' : 'caution')
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
