'use client'

import { type QueryClient, type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { usePassed } from '@/components/ui/hooks'
import { type MarksData, marksQuery } from '@/lib/client/queries/marks'
import { ownReturnsQuery } from '@/lib/client/queries/own-returns'
import { receiptQuery } from '@/lib/client/queries/returns'
import { readUntil } from '@/lib/domain/returns/read-until'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { newestHeld, shownReturns, type WaitingReturn, waitingOf } from './shown-returns'
import { undoingNow, useUndoing } from './use-undo'

/** Reading the receipt of a return that is not settled, of one whose account read may follow, and after a failure, ms. */
const OPEN_MS = 1_000
const UNKNOWN_MS = 5_000

function pollAfter(record: ReturnRecord | undefined): number | false {
  if (!record || record.outcome === 'unknown') return UNKNOWN_MS
  if (record.outcome === 'open') return OPEN_MS
  return Date.now() < readUntil(record) && OPEN_MS
}

const selectWaiting = (marks: MarksData) => ({ waiting: waitingOf(marks, marks.ahead), ahead: marks.ahead })
const NOTHING: { waiting: readonly WaitingReturn[]; ahead: number } = { waiting: [], ahead: 0 }

/** Outside the component, so that react-query gives the same result while nothing changes. */
const combine = (receipts: UseQueryResult<ReturnRecord>[]) => receipts.flatMap(({ data }) => data ?? [])

/** What the marks and the receipts of this tab's returns say. The page polls the marks. */
export function useShownReturns() {
  const { id } = useAccount()
  const { data: own } = useQuery(ownReturnsQuery(id))
  const { data = NOTHING } = useQuery({ ...marksQuery, select: selectWaiting, enabled: false })
  const { waiting, ahead } = data
  const locked = new Set(waiting.map(({ receiptId }) => receiptId))
  const receipts = own.flatMap((each) =>
    each.step === 'answered' && !locked.has(each.receiptId) ? [each.receiptId] : [],
  )
  const records = useQueries({
    queries: receipts.map((receiptId) => ({
      ...receiptQuery(receiptId),
      refetchInterval: ({ state }: { state: { data: ReturnRecord | undefined } }) => pollAfter(state.data),
    })),
    combine,
  })
  const read = usePassed(Math.max(0, ...records.map(readUntil)) - ahead)
  const undoing = useUndoing()
  const { shown, settled } = useMemo(() => {
    const isSettled = (record: ReturnRecord) => record.outcome !== 'open' && (read || readUntil(record) === 0)
    return { shown: shownReturns({ waiting, own, records, isSettled, undoing }), settled: records.filter(isSettled) }
  }, [waiting, own, records, read, undoing])
  return { own, shown, settled, newest: newestHeld({ waiting, own, undoing }) }
}

/** What Ctrl+Z undoes at this moment, which the page may not have drawn yet. */
export function newestNow(client: QueryClient, accountId: string): WaitingReturn | null {
  const marks = client.getQueryData(marksQuery.queryKey)
  const own = client.getQueryData(ownReturnsQuery(accountId).queryKey) ?? []
  return newestHeld({ waiting: marks ? waitingOf(marks, marks.ahead) : [], own, undoing: undoingNow(client) })
}
