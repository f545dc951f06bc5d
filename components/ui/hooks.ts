'use client'

import { onlineManager } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'

export function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
    () => true,
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

/** Whether a time (ms) has passed; draws again when it has. */
export function usePassed(time: number): boolean {
  const wait = useCallback(
    (changed: () => void) => {
      const timer = setTimeout(changed, Math.max(0, time - Date.now()))
      return () => clearTimeout(timer)
    },
    [time],
  )
  return useSyncExternalStore(
    wait,
    () => Date.now() >= time,
    () => false,
  )
}
