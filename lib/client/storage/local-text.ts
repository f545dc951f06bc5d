'use client'

import { useSyncExternalStore } from 'react'

/** A short text that this browser keeps under `key`. Where it keeps nothing (forbidden, full), a choice lasts as long as the page. */
export function keptText(key: string) {
  let chosenHere: string | null = null
  const listeners = new Set<() => void>()
  const subscribe = (changed: () => void) => {
    const elsewhere = (event: StorageEvent) => {
      // Another window chose last. No key: everything was cleared.
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
    /** null: nothing is kept; so it is on the server, too. */
    useText: () => useSyncExternalStore(subscribe, read, () => null),
    keep: (text: string) => {
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
