'use client'

import { useRouter } from 'next/navigation'
import { type UseQueryStatesKeysMap, useQueryStates } from 'nuqs'
import { useCallback } from 'react'

/** Writes of the address that nuqs holds back while somebody types. */
const held = new Set<Promise<unknown>>()
/** Longer than any of them is held, ms. */
const MOST = 500

/** `useQueryStates`, whose delayed writes `useFollow` waits for. */
export function useAddress<Keys extends UseQueryStatesKeysMap>(keys: Keys) {
  const [params, write] = useQueryStates(keys)
  const setParams: typeof write = useCallback(
    (...change) => {
      const written = write(...change)
      held.add(written)
      const over = () => held.delete(written)
      written.then(over, over)
      return written
    },
    [write],
  )
  return [params, setParams] as const
}

/**
 * Goes to a page of this app once the address is written: a write that came later would take the place of the navigation
 * under way, and the person would stay where they are.
 */
export function useFollow(): (href: string) => void {
  const router = useRouter()
  return useCallback(
    (href) => {
      if (held.size === 0) return router.push(href)
      const longEnough = new Promise((resolve) => setTimeout(resolve, MOST))
      void Promise.race([Promise.allSettled(held), longEnough]).then(() => router.push(href))
    },
    [router],
  )
}
