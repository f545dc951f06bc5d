'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { ApiProblem, isSignedOut } from '@/lib/client/fetch/api'
import { numbersQuery, readParts, updateNumbers } from '@/lib/client/queries/inventory'
import { followAfter, postReturn, receiptQuery, returnsKey } from '@/lib/client/queries/returns'
import { keepUnsent } from '@/lib/client/storage/unsent'
import { takeReturn } from '@/lib/domain/inventory/state'
import { type Told, wordsForAnswer, wordsForFailure, wordsForSettled } from './outcome-wording'
import type { ReturnTarget } from './target'

/** How often an open confirmation asks what its unknown outcome came to, ms. */
const FOLLOW_MS = 3_000

/** Follows an unknown outcome while its confirmation is open: what it is settled as takes the answer's place. */
function useFollowed(told: Told | null): Told | null {
  const receiptId = told?.after === 'locked' ? told.receiptId : null
  const { data } = useQuery({
    ...receiptQuery(receiptId ?? ''),
    enabled: receiptId !== null,
    refetchInterval: ({ state }) => followAfter([state.data?.outcome ?? 'unknown']) && FOLLOW_MS,
  })
  return (data && wordsForSettled(data)) ?? told
}

/** One return of one number. However often it is pressed while it runs, one request goes out. */
export function useReturn(onDone: (told: Told) => void) {
  const client = useQueryClient()
  const underWay = useRef(false)
  const mutation = useMutation({
    mutationFn: async ({ target, note }: { target: ReturnTarget; note: string }) => {
      // What cannot go out is no unknown outcome.
      if (!navigator.onLine)
        throw new ApiProblem(0, 'offline', 'You are offline, nothing was sent. Try again when you are back.')
      return postReturn({ number: target.number, accountId: target.row?.account.id ?? null, note: note.trim() || null })
    },
    onSuccess: (answer, { target }) => {
      const { number, row } = target
      const { numbers, outcome } = answer
      const account = row?.account
      const told = wordsForAnswer(answer, target)
      if (account && numbers) updateNumbers(client, (state) => takeReturn(state, { account, number, numbers, outcome }))
      else if (account)
        void readParts(client, [{ kind: 'account', ...account }], new AbortController().signal).catch(() => undefined)
      // Where a moved number is now, or that it is nowhere, only a reading of the whole list tells.
      if (outcome === 'already_gone') void client.refetchQueries({ queryKey: numbersQuery.queryKey, exact: true })
      if (told.after === 'done') onDone(told)
    },
    onError: (error, { target }) => {
      if (isSignedOut(error)) keepUnsent(target.number)
    },
    onSettled: () => {
      underWay.current = false
      void client.invalidateQueries({ queryKey: returnsKey })
    },
  })
  const answered =
    mutation.data && mutation.variables
      ? wordsForAnswer(mutation.data, mutation.variables.target)
      : mutation.error && mutation.variables
        ? wordsForFailure(mutation.error, mutation.variables.target)
        : null
  const told = useFollowed(answered)
  return {
    running: mutation.isPending,
    told,
    send: (target: ReturnTarget, note: string) => {
      if (underWay.current) return
      underWay.current = true
      mutation.mutate({ target, note })
    },
    reset: () => {
      mutation.reset()
      // The list asks what was settled meanwhile only now and then.
      if (told?.after === 'locked') void client.invalidateQueries({ queryKey: returnsKey })
    },
  }
}
