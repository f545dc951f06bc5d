'use client'

import { useCallback, useSyncExternalStore } from 'react'
import { storedInTab, storeInTab } from '@/lib/client/storage/tab'

const NAME = 'search'
const ANY = /./s

/** As long as this document, also where the browser stores nothing. */
let stored: string | null = null
const listeners = new Set<() => void>()

function subscribe(changed: () => void) {
  listeners.add(changed)
  return () => {
    listeners.delete(changed)
  }
}

/** A search that is too long for an address stays in the tab, for a reload and for Back; empty on the server. */
export function useLongSearch(accountId: string) {
  const read = () => {
    stored ??= storedInTab(NAME, accountId, ANY)[0] ?? ''
    return stored
  }
  const text = useSyncExternalStore(subscribe, read, () => '')
  const keep = useCallback(
    (search: string) => {
      stored = search.replaceAll('\n', ' ')
      storeInTab(NAME, accountId, [stored])
      for (const changed of listeners) changed()
    },
    [accountId],
  )
  return [text, keep] as const
}
