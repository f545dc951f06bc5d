'use client'

import { useCallback, useDeferredValue, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { useWindowHeight } from './hooks'
import { type Heights, type Lines, lineAt, startsOf } from './line-places'

/** Of heights in px: text that is enlarged makes fractions of them. */
const isAlike = (one: number, other: number) => Math.abs(one - other) < 0.5
const NONE_MEASURED: Heights = new Map()

interface WindowList<Line> extends Lines<Line> {
  /** Where the list begins in the document, and what lies over the window's top and end, px. */
  offset: number
  over: { top: number; end: number }
  /** Lines that are drawn beyond each end of the window. */
  beyond: number
  /** Where the window is scrolled to at first, px; null: where it is. */
  begin: number | null
}

/** Where the window is scrolled to, read as it is scrolled: reading it at other times makes the browser lay out the page. */
function useScrolled(begin: number | null) {
  const [scrolled] = useState(() => ({ top: begin ?? window.scrollY }))
  useLayoutEffect(() => {
    if (begin !== null) window.scrollTo(0, begin)
  }, [begin])
  const onScroll = useCallback(
    (changed: () => void) => {
      const follow = () => {
        scrolled.top = window.scrollY
        changed()
      }
      window.addEventListener('scroll', follow, { passive: true })
      return () => window.removeEventListener('scroll', follow)
    },
    [scrolled],
  )
  return { scrolled, onScroll }
}

/** Which lines of a long list the window shows; only these need be in the document. What is in view stays in its place. */
export function useWindowList<Line>({ offset, over, beyond, begin, ...given }: WindowList<Line>) {
  const { lines, keyOf, heightOf } = given
  const [measured, setMeasured] = useState(NONE_MEASURED)
  const starts = useMemo(() => startsOf({ lines, keyOf, heightOf }, measured), [lines, keyOf, heightOf, measured])
  const height = starts.at(-1) ?? 0
  const { scrolled, onScroll } = useScrolled(begin)
  const room = useWindowHeight()
  // A list that became shorter is scrolled to its end, which the browser says later.
  const topAt = () => Math.min(scrolled.top, offset + height - room) - offset
  const top = useSyncExternalStore(onScroll, () => lineAt(starts, topAt()))
  const end = useSyncExternalStore(onScroll, () => lineAt(starts, topAt() + room))

  const goal = useRef<{ index: number; toTop: boolean } | null>(null)
  const scrollToGoal = () => {
    if (goal.current === null) return
    const { index, toTop } = goal.current
    const from = offset + (starts[index] ?? 0) - over.top
    const to = offset + (starts[index + 1] ?? 0) + over.end - window.innerHeight
    if (toTop || window.scrollY > from) window.scrollTo(0, from)
    else if (window.scrollY < to) window.scrollTo(0, index < lines.length - 1 ? to : document.body.scrollHeight)
    scrolled.top = window.scrollY
  }
  const scrollTo = (index: number, { toTop = false } = {}) => {
    goal.current = { index, toTop }
    scrollToGoal()
    // Lines that come into view are measured in the next frame.
    requestAnimationFrame(() => requestAnimationFrame(() => (goal.current = null)))
  }
  const latest = useRef({ ...given, measured, starts, offset, scrollToGoal })
  useLayoutEffect(() => {
    latest.current = { ...given, measured, starts, offset, scrollToGoal }
  })
  const [observer] = useState(
    () =>
      new ResizeObserver((entries) => {
        const { lines, keyOf, heightOf, measured, starts, offset } = latest.current
        const heights = new Map(measured)
        let [isOther, above] = [false, 0]
        for (const { target, borderBoxSize } of entries) {
          const index = target instanceof HTMLElement ? Number(target.dataset.index) : Number.NaN
          const [line, start = 0, next = 0] = [lines[index], starts[index], starts[index + 1]]
          const height = borderBoxSize[0]?.blockSize ?? 0
          const difference = height - (next - start)
          // While the page is printed in another form, a line has no height.
          if (!line || height === 0 || isAlike(difference, 0)) continue
          isOther = true
          if (isAlike(height, heightOf(line))) heights.delete(keyOf(line))
          else heights.set(keyOf(line), height)
          if (offset + start < scrolled.top) above += difference
        }
        if (!isOther) return
        flushSync(() => setMeasured(heights))
        if (goal.current) latest.current.scrollToGoal()
        else if (above !== 0) window.scrollBy(0, above)
      }),
  )
  const measure = useCallback(
    (line: HTMLElement | null) => {
      if (!line) return
      observer.observe(line)
      return () => observer.unobserve(line)
    },
    [observer],
  )
  // Of another list what the window shows is drawn first, and what is out of sight follows.
  const further = useDeferredValue(lines) === lines ? beyond : 0
  const first = Math.max(0, top - further)
  const last = Math.min(lines.length - 1, end + further)
  const isBelow = () => scrolled.top > offset - over.top
  return { height, topOf: (index: number) => starts[index] ?? 0, first, last, isBelow, scrollTo, measure }
}
