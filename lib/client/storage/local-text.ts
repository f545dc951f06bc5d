'use client'

import { useSyncExternalStore } from 'react'

/** A short text in `localStorage`. Where that is forbidden or full, a choice lasts as long as the page. */
export function storedText(key: string) {
  let chosenHere: string | null = null
  const listeners = new Set<() => void>()
  const subscribe = (changed: () => void) => {
    const elsewhere = (event: StorageEvent) => {
      // `key` null: everything was cleared.
      if (event.key !== key && event.key !== null) return
      chosenHere = null
      changed()
    }
    listeners.add(changed)
    window.addEventListener('storage', elsewhere)
    return () => {
      listeners.delete(changed)
      window.removeEventListener('storage', elsewhere)
    }
  }
  const read = () => {
    if (chosenHere !== null) return chosenHere
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  return {
    read,
    /** null: nothing is stored, and on the server. */
    useText: () => useSyncExternalStore(subscribe, read, () => null),
    store: (text: string) => {
      chosenHere = text
      try {
        localStorage.setItem(key, text)
      } catch {
        // `chosenHere` has it.
      }
      for (const changed of listeners) changed()
    },
  }
}
