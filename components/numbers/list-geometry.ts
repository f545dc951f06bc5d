'use client'

import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useMemo, useState } from 'react'
import type { ListItem } from '@/lib/domain/inventory/view'

/** Heights in px, of lines as a guess until they are measured. */
interface Sizes extends Record<ListItem['kind'], number> {
  /** The table's header, which stays in view. */
  header: number
  /** The bar of a selection, with its distance from the window's end. */
  bar: number
}

/** In rem, because people enlarge text. A card below its customer's line does not name the customer. */
const CARD = { row: 9.75, group: 3.5, agent: 2.75, header: 0, bar: 9 }
const LINE = { row: 3, group: 2.75, agent: 2.25, header: 2.5, bar: 4.5 }

export function useSizes(phone: boolean, grouped: boolean): Sizes {
  const [rem] = useState(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16)
  return useMemo(() => {
    const sizes = phone ? { ...CARD, row: grouped ? 8.75 : CARD.row } : LINE
    return {
      row: sizes.row * rem,
      group: sizes.group * rem,
      agent: sizes.agent * rem,
      header: sizes.header * rem,
      bar: sizes.bar * rem,
    }
  }, [phone, grouped, rem])
}

/** How far the list begins below the top of the document, px; it changes when notices come and go above. */
export function useOffset(list: RefObject<HTMLDivElement | null>): number {
  const [offset, setOffset] = useState(0)
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      const top = list.current?.getBoundingClientRect().top
      if (top !== undefined) setOffset(Math.round(top + window.scrollY))
    })
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [list])
  return offset
}

/** What is on screen, and the line in the Tab order: the focus must not be lost with scrolling. */
export function withActive(range: Range, active: number): number[] {
  const shown = defaultRangeExtractor(range)
  if (shown.includes(active) || active >= range.count) return shown
  return active < (shown[0] ?? 0) ? [active, ...shown] : [...shown, active]
}
