'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { ApiProblem, isSignedOut } from '@/lib/http/api'
import { readParts, updateNumbers } from '@/lib/inventory/query'
import { takeReturn } from '@/lib/inventory/state'
import { postReturn, returnsKey } from '@/lib/returns/query'
import { keepUnsent } from '../shell/unsent'
import { type Told, wordsForAnswer, wordsForFailure } from './outcome-words'
import type { ReturnTarget } from './target'

interface Handlers {
  /** The number is about to leave the list. */
  onGone: () => void
  onDone: (told: Told) => void
}

/** One return of one number. However often it is pressed while it runs, one request goes out. */
export function useReturn({ onGone, onDone }: Handlers) {
  const client = useQueryClient()
  const underWay = useRef(false)
  const mutation = useMutation({
    mutationFn: async ({ target, note }: { target: ReturnTarget; note: string }) => {
      // What cannot go out is no unknown outcome.
      if (!navigator.onLine)
        throw new ApiProblem(0, 'offline', 'You are offline, nothing was sent. Try again when you are back.')
      return postReturn({ number: target.number, accountId: target.holder?.id ?? null, note: note.trim() || null })
    },
    onSuccess: (answer, { target }) => {
      const { number, holder } = target
      const { numbers, outcome } = answer
      const told = wordsForAnswer(answer, target)
      if (told.after === 'done') onGone()
      if (holder && numbers)
        updateNumbers(client, (state) => takeReturn(state, { account: holder, number, numbers, outcome }))
      else if (holder)
        void readParts(client, [{ kind: 'account', ...holder }], new AbortController().signal).catch(() => undefined)
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
  const told =
    mutation.data && mutation.variables
      ? wordsForAnswer(mutation.data, mutation.variables.target)
      : mutation.error && mutation.variables
        ? wordsForFailure(mutation.error, mutation.variables.target)
        : null
  return {
    running: mutation.isPending,
    told,
    send: (target: ReturnTarget, note: string) => {
      if (underWay.current) return
      underWay.current = true
      mutation.mutate({ target, note })
    },
    reset: mutation.reset,
  }
}
