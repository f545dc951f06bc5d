'use client'

import {
  defaultRangeExtractor,
  measureElement,
  type Range,
  type Rect,
  type Virtualizer,
  windowScroll,
} from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ListItem } from '@/lib/domain/inventory/view'

const rootRem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16

/** Heights, in px, of lines and of the table's header, which stays in view; `exact`: lines need no measuring. */
interface Sizes extends Record<ListItem['kind'], number> {
  header: number
  /** The bar with what can be done with a selection, and what it keeps from the window's end. */
  bar: number
  /** What they are made from. */
  rem: number
  exact: boolean
}

/**
 * Heights in px: rem, because people enlarge text. On a desk they are exact. On a phone they are measured; a guess that
 * holds saves drawing every card twice.
 */
function sizesOf(phone: boolean, grouped: boolean, rem: number): Sizes {
  // A card below its customer's line does not name the customer.
  if (phone)
    return {
      row: (grouped ? 8.75 : 9.75) * rem,
      group: 3.5 * rem,
      agent: 2.75 * rem,
      header: 0,
      bar: 9 * rem,
      rem,
      exact: false,
    }
  return { row: 3 * rem, group: 2.75 * rem, agent: 2.25 * rem, header: 2.5 * rem, bar: 4.5 * rem, rem, exact: true }
}

/** The sizes for the text's present size, which people change while the page is open. */
export function useSizes(phone: boolean, grouped: boolean): Sizes {
  const [rem, setRem] = useState(rootRem)
  useEffect(() => {
    // No event tells of a new text size: a box of one rem does.
    const probe = document.createElement('div')
    Object.assign(probe.style, { position: 'absolute', visibility: 'hidden', width: '1rem' })
    document.body.append(probe)
    const observer = new ResizeObserver(() => setRem(rootRem()))
    observer.observe(probe)
    return () => {
      observer.disconnect()
      probe.remove()
    }
  }, [])
  return useMemo(() => sizesOf(phone, grouped, rem), [phone, grouped, rem])
}

/**
 * Has lines take their new heights when the text’s size changed: guesses where they are not drawn, and what those on screen have now. In the middle of
 * the list the line at the top stays there, or the one with the focus in view.
 */
export function useResized(
  { rem }: Sizes,
  virtual: Virtualizer<Window, HTMLElement>,
  list: RefObject<HTMLElement | null>,
  active: number,
) {
  const drawn = useRef(rem)
  useLayoutEffect(() => {
    const lines = list.current
    if (drawn.current === rem || !lines) return
    drawn.current = rem
    const top = virtual.range?.startIndex ?? 0
    virtual.measure()
    // Its own sizes of before would count as known, and a line that has its own now as unchanged.
    virtual.getTotalSize()
    for (const line of lines.querySelectorAll<HTMLElement>('[data-index]')) {
      virtual.resizeItem(Number(line.dataset.index), line.getBoundingClientRect().height)
    }
    if (lines.contains(document.activeElement)) virtual.scrollToIndex(active)
    else if (top > 0) virtual.scrollToIndex(top, { align: 'start' })
  }, [rem, virtual, list, active])
}

export const windowSize = (): Rect => ({ width: window.innerWidth, height: window.innerHeight })

/** Follows the window's size. The first one is known by then: asking once more would lay the page out before its time. */
export function observeWindow(_list: unknown, tell: (size: Rect) => void): () => void {
  const resized = () => tell(windowSize())
  window.addEventListener('resize', resized, { passive: true })
  return () => window.removeEventListener('resize', resized)
}

/**
 * Scrolls the window, but for the first time: a list that appears is told to scroll to where the window is already, and all
 * that does is to lay the page out in the middle of drawing it.
 */
export function scrollUnlessThere(): typeof windowScroll {
  let there: number | null = window.scrollY
  return (offset, options, list) => {
    const stays = offset === there
    there = null
    if (!stays) return windowScroll(offset, options, list)
    // Somebody may have scrolled since: the list looks for itself then.
    setTimeout(() => window.scrollY !== offset && window.dispatchEvent(new Event('scroll')))
  }
}

/** Where the list, or what stood in its place, began when that was last measured. */
let lastOffset = 0

/** How far the list begins below the top of the document, px; it changes when notices come and go above. */
export function useOffset(list: RefObject<HTMLDivElement | null>): number {
  const [offset, setOffset] = useState(lastOffset)
  useEffect(() => {
    const measure = () => {
      const top = list.current?.getBoundingClientRect().top
      if (top === undefined) return
      lastOffset = Math.round(top + window.scrollY)
      setOffset(lastOffset)
    }
    // It tells at once, when the page has been laid out anyway: measuring before that would lay it out twice.
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [list])
  return offset
}

/** Measures a line when the browser has laid it out, a screen before it is seen; until then its guessed height holds. */
export function measureLaidOut(
  line: HTMLElement,
  entry: ResizeObserverEntry | undefined,
  list: Virtualizer<Window, HTMLElement>,
): number {
  const guess = list.measurementsCache[list.indexFromElement(line)]?.size
  return entry || guess === undefined ? measureElement(line, entry, list) : guess
}

/** What is on screen, and the line that takes part in the Tab order: the focus must not vanish with scrolling. */
export function withActive(range: Range, active: number): number[] {
  const shown = defaultRangeExtractor(range)
  if (shown.includes(active) || active >= range.count) return shown
  return active < (shown[0] ?? 0) ? [active, ...shown] : [...shown, active]
}
