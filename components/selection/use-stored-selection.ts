'use client'

import { useEffect, useRef } from 'react'
import { storedInTab, storeInTab } from '@/lib/client/storage/tab'
import type { Selection } from '@/lib/domain/inventory/selection'

const KEPT = 'selection'
/** A row's key: the account's id and the number. */
const KEY = /^.+ \+[1-9]\d{6,14}$/

export function keptSelection(accountId: string): Selection {
  return new Set(storedInTab(KEPT, accountId, KEY))
}

/** Stores a selection for a reload and for Back, when the page is left: it may be the whole list. */
export function useKeepSelection(accountId: string | null, selection: Selection): void {
  const latest = useRef(selection)
  useEffect(() => {
    latest.current = selection
  }, [selection])
  useEffect(() => {
    if (accountId === null) return
    const keep = () => storeInTab(KEPT, accountId, latest.current)
    window.addEventListener('pagehide', keep)
    // A phone may end a hidden page without `pagehide`.
    document.addEventListener('visibilitychange', keep)
    return () => {
      window.removeEventListener('pagehide', keep)
      document.removeEventListener('visibilitychange', keep)
      keep()
    }
  }, [accountId])
}
