'use client'

import { useSyncExternalStore } from 'react'

const KEY = 'numberdesk-shortcuts'
const CHANGED = 'numberdesk-shortcuts-changed'

function subscribe(changed: () => void): () => void {
  window.addEventListener('storage', changed)
  window.addEventListener(CHANGED, changed)
  return () => {
    window.removeEventListener('storage', changed)
    window.removeEventListener(CHANGED, changed)
  }
}

/** Whether `/` and `?` act anywhere on the page; kept in this browser (WCAG 2.1.4 asks for a way to switch them off). */
export function useShortcutsOn(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(KEY) !== 'off',
    () => true,
  )
}

export function setShortcutsOn(on: boolean): void {
  localStorage.setItem(KEY, on ? 'on' : 'off')
  window.dispatchEvent(new Event(CHANGED))
}
