'use client'

import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'

const nothing = () => () => undefined

/** False on the server and in the first paint, true afterwards. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  )
}

export function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
    () => true,
  )
}

const phone = () => matchMedia('(width < 40rem)')

/** Whether the table is drawn as cards. */
export function usePhone(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = phone()
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => phone().matches,
    () => false,
  )
}

const TICK = 30_000
const tick = (changed: () => void) => {
  const timer = setInterval(changed, TICK)
  return () => clearInterval(timer)
}

/** The time in ms, to half a minute; draws again as it passes. */
export function useNow(): number {
  return useSyncExternalStore(
    tick,
    () => Math.floor(Date.now() / TICK) * TICK,
    () => 0,
  )
}
