'use client'

import { useEffect } from 'react'

const EVENTS = ['pointermove', 'pointerdown', 'keydown'] as const

/** Calls `act` at the first input of each kind, to fetch what a person may soon open. @param act stays the same */
export function useFirstInput(act: () => void): void {
  useEffect(() => {
    for (const event of EVENTS) window.addEventListener(event, act, { once: true, passive: true })
    return () => {
      for (const event of EVENTS) window.removeEventListener(event, act)
    }
  }, [act])
}
