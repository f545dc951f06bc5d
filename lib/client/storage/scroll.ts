'use client'

import { useEffect, useState } from 'react'

const KEY = 'numberdesk-scroll'

/** The entry of the browser's history that is shown; null where the browser has no Navigation API. */
function historyEntry(): string | null {
  return 'navigation' in window ? (window.navigation.currentEntry?.key ?? null) : null
}

/** Where the window was scrolled to when this entry of the history was left, px; null when that is not known. */
function keptTop(): number | null {
  try {
    const [entry, top] = sessionStorage.getItem(KEY)?.split(' ') ?? []
    return entry === historyEntry() && /^\d+$/.test(top ?? '') ? Number(top) : null
  } catch {
    return null
  }
}

function forget(): void {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // Then nothing was kept either.
  }
}

/**
 * Keeps how far a long list is scrolled, for Back, Forward and a reload: the browser brings the window there before the list
 * is there, and so not that far. @returns where the list begins, px; null: where the window is.
 */
export function useStoredScroll(): number | null {
  const [top] = useState(keptTop)
  useEffect(() => {
    const { pathname } = window.location
    let left: string | null = null
    // For this list alone: one that takes its place, when a phone is turned, begins where the window is.
    forget()
    const follow = () => {
      const entry = historyEntry()
      // While this list goes, the window is scrolled for the page that comes.
      if (entry && window.location.pathname === pathname) left = `${entry} ${Math.round(window.scrollY)}`
    }
    const keep = () => {
      try {
        if (left !== null) sessionStorage.setItem(KEY, left)
      } catch {
        // Forbidden or full: the list begins where the browser puts it.
      }
    }
    const hide = () => {
      follow()
      keep()
    }
    window.addEventListener('scroll', follow, { passive: true })
    window.addEventListener('pagehide', hide)
    return () => {
      window.removeEventListener('scroll', follow)
      window.removeEventListener('pagehide', hide)
      keep()
    }
  }, [])
  return top
}
