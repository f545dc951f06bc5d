'use client'

import { useRouter } from 'next/navigation'
import { type UseQueryStatesKeysMap, useQueryStates } from 'nuqs'
import { useCallback } from 'react'

/** Writes of the address that nuqs delays during typing. */
const delayed = new Set<Promise<unknown>>()
/** Longer than any delay, ms. */
const LONGEST_MS = 500

/** `useQueryStates`, whose delayed writes `useFollow` waits for. */
export function useAddress<Keys extends UseQueryStatesKeysMap>(keys: Keys) {
  const [params, write] = useQueryStates(keys)
  const setParams: typeof write = useCallback(
    (...change) => {
      const written = write(...change)
      delayed.add(written)
      const over = () => delayed.delete(written)
      written.then(over, over)
      return written
    },
    [write],
  )
  return [params, setParams] as const
}

/** Goes to a page once the address is written: a later write would cancel the navigation. */
export function useFollow(): (href: string) => void {
  const router = useRouter()
  return useCallback(
    (href) => {
      if (delayed.size === 0) return router.push(href)
      const longEnough = new Promise((resolve) => setTimeout(resolve, LONGEST_MS))
      void Promise.race([Promise.allSettled(delayed), longEnough]).then(() => router.push(href))
    },
    [router],
  )
}
