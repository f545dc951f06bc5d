import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { storedInTab, storeInTab } from '@/lib/client/storage/tab'

/** What was confirmed; `account` is null for a number returned by hand. */
export interface AskedReturn {
  requestId: string
  number: string
  account: { id: string; name: string } | null
}

/** A return that was confirmed in this tab, until its outcome was shown and, where it needs a person, dismissed. */
export type OwnReturn =
  /** The app has not answered yet. `sendsAt` in ms by this computer's clock; null: without a hold. */
  | (AskedReturn & { step: 'asked'; sendsAt: number | null; undoWanted: boolean })
  | (AskedReturn & { step: 'failed'; error: Error })
  /** `fresh`: its outcome has not been taken into the list yet. `requestId`: null after a reload. */
  | { step: 'answered'; requestId: string | null; receiptId: string; fresh: boolean }

const STORED = 'returns'
const RECEIPT_ID = /^R-[0-9A-Z-]+$/

function restored(accountId: string): readonly OwnReturn[] {
  return storedInTab(STORED, accountId, RECEIPT_ID).map((receiptId) => ({
    step: 'answered',
    requestId: null,
    receiptId,
    fresh: false,
  }))
}

/** Oldest first. Receipts stay with the tab over a reload. */
export function ownReturnsQuery(accountId: string) {
  return queryOptions({
    queryKey: ['own-returns', accountId],
    queryFn: () => restored(accountId),
    initialData: () => restored(accountId),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    enabled: false,
    structuralSharing: false,
  })
}

export function updateOwnReturns(
  client: QueryClient,
  accountId: string,
  step: (returns: readonly OwnReturn[]) => readonly OwnReturn[],
): void {
  const { queryKey } = ownReturnsQuery(accountId)
  const next = step(client.getQueryData(queryKey) ?? restored(accountId))
  client.setQueryData(queryKey, next)
  const ids = next.flatMap((each) => (each.step === 'answered' ? each.receiptId : []))
  storeInTab(STORED, accountId, ids)
}
