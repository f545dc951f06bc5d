'use client'

import { type FocusEvent, useLayoutEffect, useRef } from 'react'

/** Props of a region that takes the focus when its focused button disappears; with `atOnce`, as soon as its state is known. */
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
      // Without a next element the button has disappeared.
      if (relatedTarget) held.current = region.current?.contains(relatedTarget) ?? false
    },
  }
}
