'use client'

import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useAccount } from '@/components/inventory/account-context'
import { ApiProblem, isSignedOut } from '@/lib/client/fetch/api'
import { updateNumbers } from '@/lib/client/queries/inventory'
import { updateLocks } from '@/lib/client/queries/marks'
import { type AskedReturn, type OwnReturn, ownReturnsQuery, updateOwnReturns } from '@/lib/client/queries/own-returns'
import { readProtectionsAgain } from '@/lib/client/queries/protections'
import { isRepeatable, postReturn, receiptQuery } from '@/lib/client/queries/returns'
import { storeUnsent } from '@/lib/client/storage/unsent'
import { takeReturn } from '@/lib/domain/inventory/state'
import type { HeldReturn, ReturnAnswer } from '@/lib/domain/returns/record'
import type { ReturnTarget, Said } from './target'
import { useUndo } from './use-undo'

interface Confirmed {
  target: ReturnTarget
  said: Said
  requestId: string
  confirmedAt: number
}

const OFFLINE = 'You are offline, so nothing was sent. Try again when you are online.'

function askedOf({ target: { number, row }, requestId }: Confirmed): AskedReturn {
  return { requestId, number, account: row && { id: row.account.id, name: row.account.name } }
}

async function takeAnswer(
  client: QueryClient,
  { number, row }: ReturnTarget,
  answer: HeldReturn | ReturnAnswer,
): Promise<void> {
  if (answer.outcome === 'open') {
    const { receiptId, sendsAt } = answer
    return updateLocks(client, (locked) => [
      ...locked.filter((lock) => lock.receiptId !== receiptId),
      { number, receiptId, outcome: 'open', sendsAt },
    ])
  }
  const { numbers, outcome } = answer
  const account = row?.account
  if (account && numbers) updateNumbers(client, (state) => takeReturn(state, { account, number, numbers, outcome }))
}

/** Whether an outcome of an earlier return of this number is still shown: the new return takes its place. */
function isEarlier(client: QueryClient, own: OwnReturn, number: string): boolean {
  if (own.step !== 'answered') return own.number === number
  return client.getQueryData(receiptQuery(own.receiptId).queryKey)?.number === number
}

/** Sends what was confirmed. The page goes on meanwhile: `ownReturnsQuery` says how far each one is. */
export function useConfirm(holdSeconds: number) {
  const client = useQueryClient()
  const { id } = useAccount()
  const undo = useUndo()
  const update = (requestId: string, step: (before: OwnReturn) => OwnReturn) =>
    updateOwnReturns(client, id, (own) =>
      own.map((each) => (each.step !== 'answered' && each.requestId === requestId ? step(each) : each)),
    )
  const { mutate } = useMutation({
    mutationFn: ({ target: { number, row }, said, requestId, confirmedAt }: Confirmed) => {
      const accountId = row?.account.id ?? null
      const words = { reason: said.reason || null, note: said.note.trim() || null }
      return postReturn({ number, accountId, ...words, holdSeconds, requestId }, confirmedAt)
    },
    retry: isRepeatable,
    onSuccess: async (answer, { target, requestId }) => {
      const { number } = target
      const { receiptId } = answer
      // First the lock, then the receipt: the row shows the one or the other.
      await takeAnswer(client, target, answer)
      const before = client.getQueryData(ownReturnsQuery(id).queryKey)
      const undoWanted = before?.some(
        (each) => each.step === 'asked' && each.requestId === requestId && each.undoWanted,
      )
      update(requestId, () => ({ step: 'answered', requestId, receiptId, fresh: true }))
      if (undoWanted) undo({ receiptId, number })
    },
    onError: (error, confirmed) => {
      if (isSignedOut(error)) storeUnsent(confirmed.target.number)
      // Somebody protected it elsewhere: the row says so from now on.
      if (error instanceof ApiProblem && error.code === 'protected') void readProtectionsAgain(client)
      update(confirmed.requestId, () => ({ ...askedOf(confirmed), step: 'failed', error }))
    },
  })
  return (target: ReturnTarget, said: Said): void => {
    const confirmed = { target, said, requestId: crypto.randomUUID(), confirmedAt: Date.now() }
    const asked = askedOf(confirmed)
    const sendsAt = holdSeconds > 0 ? Date.now() + holdSeconds * 1_000 : null
    const error = navigator.onLine ? null : new ApiProblem(0, 'offline', OFFLINE)
    const own: OwnReturn = error
      ? { ...asked, step: 'failed', error }
      : { ...asked, step: 'asked', sendsAt, undoWanted: false }
    updateOwnReturns(client, id, (before) => [...before.filter((each) => !isEarlier(client, each, target.number)), own])
    if (!error) mutate(confirmed)
  }
}
