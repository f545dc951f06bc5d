'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { ApiProblem, isSignedOut } from '@/lib/client/fetch/api'
import { numbersQuery, readParts, updateNumbers } from '@/lib/client/queries/inventory'
import { followAfter, postReturn, receiptQuery, returnsKey } from '@/lib/client/queries/returns'
import { storeUnsent } from '@/lib/client/storage/unsent'
import { takeReturn } from '@/lib/domain/inventory/state'
import { answerWording, failureWording, type ReturnResult, settledWording } from './outcome-wording'
import type { ReturnTarget } from './target'

/** How often an open dialog reads the receipt of an unknown outcome, ms. */
const FOLLOW_MS = 3_000

function useFollowed(result: ReturnResult | null): ReturnResult | null {
  const receiptId = result?.after === 'locked' ? result.receiptId : null
  const { data } = useQuery({
    ...receiptQuery(receiptId ?? ''),
    enabled: receiptId !== null,
    refetchInterval: ({ state }) => followAfter([state.data?.outcome ?? 'unknown']) && FOLLOW_MS,
  })
  return (data && settledWording(data)) ?? result
}

/** One return of one number. Pressing again while it runs sends no second request. */
export function useReturn(onDone: (result: ReturnResult) => void) {
  const client = useQueryClient()
  // `isPending` changes only with the next rendering, too late for a double click.
  const sending = useRef(false)
  const mutation = useMutation({
    mutationFn: async ({ target, note }: { target: ReturnTarget; note: string }) => {
      // Offline nothing can be sent, so the outcome is not unknown.
      if (!navigator.onLine)
        throw new ApiProblem(0, 'offline', 'You are offline, so nothing was sent. Try again when you are online.')
      return postReturn({ number: target.number, accountId: target.row?.account.id ?? null, note: note.trim() || null })
    },
    onSuccess: (answer, { target }) => {
      const { number, row } = target
      const { numbers, outcome } = answer
      const account = row?.account
      const result = answerWording(answer, target)
      if (account && numbers) updateNumbers(client, (state) => takeReturn(state, { account, number, numbers, outcome }))
      else if (account)
        void readParts(client, [{ kind: 'account', ...account }], new AbortController().signal).catch(() => undefined)
      // Only a complete scan shows where a moved number is.
      if (outcome === 'already_gone') void client.refetchQueries({ queryKey: numbersQuery.queryKey, exact: true })
      if (result.after === 'done') onDone(result)
    },
    onError: (error, { target }) => {
      if (isSignedOut(error)) storeUnsent(target.number)
    },
    onSettled: () => {
      sending.current = false
      void client.invalidateQueries({ queryKey: returnsKey })
    },
  })
  const answered =
    mutation.data && mutation.variables
      ? answerWording(mutation.data, mutation.variables.target)
      : mutation.error && mutation.variables
        ? failureWording(mutation.error, mutation.variables.target)
        : null
  const result = useFollowed(answered)
  return {
    running: mutation.isPending,
    result,
    send: (target: ReturnTarget, note: string) => {
      if (sending.current) return
      sending.current = true
      mutation.mutate({ target, note })
    },
    reset: () => {
      mutation.reset()
      // The list may not have read the settled outcome yet.
      if (result?.after === 'locked') void client.invalidateQueries({ queryKey: returnsKey })
    },
  }
}
