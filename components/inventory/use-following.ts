'use client'

import { useDeferredValue, useLayoutEffect, useState } from 'react'

/** Keys that write into a field. */
function isTyping({ target, key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  const writes = key.length === 1 ? !ctrlKey && !metaKey : key === 'Backspace' || key === 'Delete'
  return writes && target instanceof HTMLInputElement
}

/**
 * The text of a search, deferred during typing. Before any other key is handled it has caught up, so that no key acts on
 * rows that no longer match.
 */
export function useFollowing(text: string): string {
  const deferred = useDeferredValue(text)
  const [caughtUp, setCaughtUp] = useState(text)
  const followed = caughtUp === text ? text : deferred
  const isBehind = followed !== text
  useLayoutEffect(() => {
    if (!isBehind) return
    // React draws a state that is set at a key before the next listener for that key is called.
    const catchUp = (event: KeyboardEvent) => {
      if (!isTyping(event)) setCaughtUp(text)
    }
    window.addEventListener('keydown', catchUp, { capture: true })
    return () => window.removeEventListener('keydown', catchUp, { capture: true })
  }, [isBehind, text])
  return followed
}
