'use client'

import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useState } from 'react'
import type { ListItem } from '@/lib/inventory/view'

/**
 * Heights of lines, in px: rem, because people enlarge text. On a desk they are exact. On a phone they are measured; a
 * guess that holds saves drawing every card twice.
 */
export function sizesOf(phone: boolean): Record<ListItem['kind'], number> & { exact: boolean } {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
  if (phone) return { row: 9.75 * rem, group: 3.5 * rem, agent: 2.75 * rem, exact: false }
  return { row: 3 * rem, group: 2.75 * rem, agent: 2.25 * rem, exact: true }
}

/** How far the list begins below the top of the document; it changes when notices come and go above. */
export function useOffset(list: RefObject<HTMLDivElement | null>): number {
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => {
    const measure = () => {
      const top = list.current?.getBoundingClientRect().top
      if (top !== undefined) setOffset(Math.round(top + window.scrollY))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [list])
  return offset
}

/** What is on screen, and the line that takes part in the Tab order: the focus must not vanish with scrolling. */
export function withActive(range: Range, active: number): number[] {
  const shown = defaultRangeExtractor(range)
  if (shown.includes(active) || active >= range.count) return shown
  return active < (shown[0] ?? 0) ? [active, ...shown] : [...shown, active]
}
