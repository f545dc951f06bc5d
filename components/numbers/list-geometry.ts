'use client'

import { type RefObject, useEffect, useMemo, useState } from 'react'
import { rootRem } from '@/components/ui/hooks'
import type { ListItem } from '@/lib/domain/inventory/view'

/** In rem, because people enlarge text. */
const CARD = { row: 4.875, group: 3.5, agent: 2.75, header: 0, bar: 4.5 }
const LINE = { row: 3, group: 2.75, agent: 2.25, header: 2.5, bar: 4.5 }

/** Where the list begins below the document's top, what its header leaves above itself, and the text size, px. */
function useMeasured(list: RefObject<HTMLDivElement | null>) {
  const [measured, setMeasured] = useState(() => ({ offset: 0, tools: 0, rem: rootRem() }))
  useEffect(() => {
    // Notices come and go above the list, and text is enlarged: either changes the height of the page.
    const observer = new ResizeObserver(() => {
      const top = list.current?.getBoundingClientRect().top ?? 0
      const header = list.current?.previousElementSibling
      const tools = (header && Number.parseFloat(getComputedStyle(header).top)) || 0
      const [offset, rem] = [Math.round(top + window.scrollY), rootRem()]
      setMeasured((before) =>
        before.offset === offset && before.tools === tools && before.rem === rem ? before : { offset, tools, rem },
      )
    })
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [list])
  return measured
}

/** Of the kinds of lines, of what stays at the window's top, and of a selection's bar with its distance from the end, px. */
export function useGeometry(list: RefObject<HTMLDivElement | null>, phone: boolean) {
  const { offset, tools, rem } = useMeasured(list)
  const { header, bar } = phone ? CARD : LINE
  const sizes = useMemo((): Record<ListItem['kind'], number> => {
    const { row, group, agent } = phone ? CARD : LINE
    const border = phone ? 0 : 1
    return { row: row * rem, group: group * rem + border, agent: agent * rem + border }
  }, [phone, rem])
  return { offset, rem, sizes, top: header * rem + (phone ? 0 : tools), bar: bar * rem }
}

/** What is on screen, and the line in the Tab order: the focus must not be lost with scrolling. */
export function withActive(first: number, last: number, active: number): number[] {
  const shown = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  if (active < first) return [active, ...shown]
  return active > last ? [...shown, active] : shown
}
