'use client'

import { type FocusEvent, useLayoutEffect, useRef } from 'react'

/**
 * Props of a region whose buttons come and go with its state: a button that vanishes under the focus leaves it to the
 * region, not to the page. With `atOnce` the region takes the focus when its state is first known.
 */
export function useKeepFocus(state: string | undefined, atOnce: boolean) {
  const region = useRef<HTMLElement>(null)
  const held = useRef(atOnce)
  const known = useRef(false)
  useLayoutEffect(() => {
    if (!state) return
    if (held.current && !region.current?.contains(document.activeElement)) {
      region.current?.focus({ preventScroll: known.current })
    }
    known.current = true
  }, [state])
  return {
    ref: region,
    tabIndex: -1,
    onFocus: () => {
      held.current = true
    },
    onBlur: ({ relatedTarget }: FocusEvent) => {
      // Without a next element the button has gone, or nothing was meant.
      if (relatedTarget) held.current = region.current?.contains(relatedTarget) ?? false
    },
  }
}
