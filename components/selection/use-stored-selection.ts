'use client'

import { useEffect, useRef } from 'react'
import { storedInTab, storeInTab } from '@/lib/client/storage/tab'
import type { Selection } from '@/lib/domain/inventory/selection'

const NAME = 'selection'
const KEY = /^.+ \+[1-9]\d{6,14}$/

export function storedSelection(accountId: string): Selection {
  return new Set(storedInTab(NAME, accountId, KEY))
}

/** Stores a selection for a reload and for Back, when the page is left: it may be the whole list. */
export function useStoredSelection(accountId: string | null, selection: Selection): void {
  const latest = useRef(selection)
  useEffect(() => {
    latest.current = selection
  }, [selection])
  useEffect(() => {
    if (accountId === null) return
    const store = () => storeInTab(NAME, accountId, latest.current)
    window.addEventListener('pagehide', store)
    // A phone may end a hidden page without `pagehide`.
    document.addEventListener('visibilitychange', store)
    return () => {
      window.removeEventListener('pagehide', store)
      document.removeEventListener('visibilitychange', store)
      store()
    }
  }, [accountId])
}
