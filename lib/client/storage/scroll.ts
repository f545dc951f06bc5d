'use client'

import { useEffect, useState } from 'react'

const KEY = 'numberdesk-scroll'

/** The entry of the browser's history that is shown; null where the browser has no Navigation API. */
function historyEntry(): string | null {
  return 'navigation' in window ? (window.navigation.currentEntry?.key ?? null) : null
}

/** null where the browser forbids storage or has no room: the list then begins where the browser puts it. */
function inStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(sessionStorage)
  } catch {
    return null
  }
}

/** Where the window was scrolled to when this entry of the history was left, px; null when that is not known. */
export function storedTop(): number | null {
  const [entry, top = ''] = inStorage((storage) => storage.getItem(KEY))?.split(' ') ?? []
  return entry === historyEntry() && /^\d+$/.test(top) ? Number(top) : null
}

/** Stores the scroll position: a browser restores it before a long list is there. @returns it in px; null: none. */
export function useStoredScroll(): number | null {
  const [top] = useState(storedTop)
  useEffect(() => {
    const { pathname } = window.location
    let left = ''
    // For this list alone: one that takes its place, when a phone is turned, begins where the window is.
    inStorage((storage) => storage.removeItem(KEY))
    const follow = () => {
      const entry = historyEntry()
      // While this list goes, the window is scrolled for the page that comes.
      if (entry && window.location.pathname === pathname) left = `${entry} ${Math.round(window.scrollY)}`
    }
    const store = () => {
      if (left) inStorage((storage) => storage.setItem(KEY, left))
    }
    const hide = () => {
      follow()
      store()
    }
    window.addEventListener('scroll', follow, { passive: true })
    window.addEventListener('pagehide', hide)
    return () => {
      window.removeEventListener('scroll', follow)
      window.removeEventListener('pagehide', hide)
      store()
    }
  }, [])
  return top
}
