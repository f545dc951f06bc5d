'use client'

import { type Mutation, type QueryClient, useMutation, useMutationState, useQueryClient } from '@tanstack/react-query'
import { useAccount } from '@/components/inventory/account-context'
import { useToast } from '@/components/ui/toast'
import { ApiProblem } from '@/lib/client/fetch/api'
import { shaped } from '@/lib/client/fetch/shape'
import { updateLocks } from '@/lib/client/queries/marks'
import { updateOwnReturns } from '@/lib/client/queries/own-returns'
import { isRepeatable, postUndo, returnsKey } from '@/lib/client/queries/returns'

const KEY = ['undo']

interface ToUndo {
  receiptId: string
  number: string
}

const isToUndo = shaped<ToUndo>('receiptId', 'number')

/** Takes a return back, whoever confirmed it, unless its request was begun. */
export function useUndo(): (asked: ToUndo) => void {
  const client = useQueryClient()
  const toast = useToast()
  const { id } = useAccount()
  const { mutate } = useMutation({
    mutationKey: KEY,
    mutationFn: ({ receiptId }: ToUndo) => postUndo(receiptId),
    retry: isRepeatable,
    retryDelay: 500,
    onSuccess: (_, { receiptId, number }) => {
      updateOwnReturns(client, id, (own) =>
        own.filter((each) => each.step !== 'answered' || each.receiptId !== receiptId),
      )
      void updateLocks(client, (locked) => locked.filter((lock) => lock.receiptId !== receiptId))
      toast(`The return of ${number} was undone. Nothing was sent.`)
    },
    onError: (error, { number }) => {
      const what = error instanceof ApiProblem ? 'was not undone' : 'may not have been undone'
      toast(`The return of ${number} ${what}. ${error.message}`, 'failure')
    },
    onSettled: () => client.invalidateQueries({ queryKey: returnsKey }),
  })
  return mutate
}

const UNDER_WAY = { mutationKey: KEY, status: 'pending' } as const
const receiptOf = ({ state: { variables } }: Mutation) => (isToUndo(variables) ? variables.receiptId : '')

/** The receipts whose undoing was asked for and not answered. */
export function useUndoing(): readonly string[] {
  return useMutationState({ filters: UNDER_WAY, select: receiptOf })
}

/** The same at this moment, for what does not wait until the page is drawn. */
export const undoingNow = (client: QueryClient) => client.getMutationCache().findAll(UNDER_WAY).map(receiptOf)
