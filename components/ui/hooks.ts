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

/** The text size, px: people enlarge it. */
export const rootRem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16

/** Whether a panel has room beside a list. */
export function isDesk(): boolean {
  const rem = rootRem()
  return window.innerWidth >= 64 * rem && window.innerHeight >= 30 * rem
}

const onResize = (changed: () => void) => {
  window.addEventListener('resize', changed)
  return () => window.removeEventListener('resize', changed)
}

export function useIsDesk(): boolean {
  return useSyncExternalStore(onResize, isDesk, () => false)
}

export function useWindowHeight(): number {
  return useSyncExternalStore(
    onResize,
    () => window.innerHeight,
    () => 0,
  )
}

const TICK = 30_000
const tick = (changed: () => void) => {
  const timer = setInterval(changed, TICK)
  return () => clearInterval(timer)
}

/** The time in ms, rounded down to half a minute; 0 on the server. */
export function useNow(): number {
  return useSyncExternalStore(
    tick,
    () => Math.floor(Date.now() / TICK) * TICK,
    () => 0,
  )
}

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

/** The seconds until `time` (ms), rounded up; 0 once it has passed, for null, and on the server. */
export function useSecondsUntil(time: number | null): number {
  const wait = useCallback(
    (changed: () => void) => {
      const timer = time === null ? undefined : setInterval(changed, 200)
      return () => clearInterval(timer)
    },
    [time],
  )
  return useSyncExternalStore(
    wait,
    () => (time === null ? 0 : Math.max(0, Math.ceil((time - Date.now()) / 1_000))),
    () => 0,
  )
}
