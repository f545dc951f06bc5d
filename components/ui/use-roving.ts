'use client'

import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'

const STEPS: Record<string, (at: number, last: number) => number> = {
  j: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  k: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + 10,
  PageUp: (at) => at - 10,
  Home: () => 0,
  End: (_at, last) => last,
}

function lineOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
}

interface Roving {
  count: number
  /** Scrolls a line into view, and draws it first if necessary. */
  reveal: (index: number) => void
  /** Any other key, pressed on the line or on a control in it. @returns whether it was used. */
  onKey: (key: string, index: number, onLine: boolean) => boolean
}

/** A roving tabindex: one line of the list is in the Tab order, and keys in the table move it. */
export function useRoving({ count, reveal, onKey }: Roving) {
  const [chosen, setActive] = useState(0)
  const active = Math.min(chosen, Math.max(0, count - 1))
  const list = useRef<HTMLDivElement>(null)
  const focusNext = useRef(false)

  const focus = (index: number) =>
    list.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true })
  useLayoutEffect(() => {
    if (!focusNext.current) return
    focusNext.current = false
    focus(active)
  })

  const go = (index: number) => {
    focusNext.current = true
    setActive(index)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const line = lineOf(event.target)
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const step = STEPS[event.key]
    if (step) {
      // From the headings a key goes to the active line first.
      const next = line ? Math.max(0, Math.min(count - 1, step(active, count - 1))) : active
      reveal(next)
      if (next === active) focus(next)
      else go(next)
    } else if (!line || !onKey(event.key, Number(line.dataset.index), event.target === line)) return
    event.preventDefault()
  }
  const onFocus = (event: FocusEvent) => {
    const line = lineOf(event.target)
    if (line) setActive(Number(line.dataset.index))
  }
  return { active, list, go, onKeyDown, onFocus }
}
