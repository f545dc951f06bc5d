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
  /** Brings a line into view; it is in the document by then. */
  reveal: (index: number) => void
  /** A key on the line itself or in it, that does not move. True: it was used. */
  onKey: (key: string, index: number, onLine: boolean) => boolean
}

/** One line of the list takes part in the Tab order; keys move it. They act only with the focus in the table. */
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

  /** To a line that may have to be drawn first. */
  const go = (index: number) => {
    focusNext.current = true
    setActive(index)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const line = lineOf(event.target)
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const step = STEPS[event.key]
    if (step) {
      // From the headings it first goes to the line whose turn it is.
      const next = line ? Math.max(0, Math.min(count - 1, step(active, count - 1))) : active
      reveal(next)
      // Where it stays there is nothing to draw, and the line is in the document.
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
