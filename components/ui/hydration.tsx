'use client'

import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from 'react'

const UNKNOWN = { hydrated: false, phone: false }
const BrowserContext = createContext(UNKNOWN)

/** False on the server and in the first paint, true afterwards: for what only the browser knows. */
export function useHydrated(): boolean {
  return useContext(BrowserContext).hydrated
}

/** Whether the table is drawn as cards. */
export function usePhone(): boolean {
  return useContext(BrowserContext).phone
}

/**
 * What the server does not know of the browser. It is told to the whole page in one transition: React then draws what
 * waited for it in slices, and the page answers in between.
 */
export function HydrationProvider({ children }: { children: ReactNode }) {
  const [browser, setBrowser] = useState(UNKNOWN)
  useEffect(() => {
    const media = matchMedia('(width < 40rem)')
    const tell = () => startTransition(() => setBrowser({ hydrated: true, phone: media.matches }))
    tell()
    media.addEventListener('change', tell)
    return () => media.removeEventListener('change', tell)
  }, [])
  return <BrowserContext value={browser}>{children}</BrowserContext>
}
