import type { ReactNode, Ref } from 'react'
import { Row, SHOWN_ROW } from '@/components/ui/table'
import { type ListItem, rowKeys } from '@/lib/domain/inventory/view'

/** Where the virtual list puts a line. `top` in px. */
export interface Place {
  index: number
  top: number
  measure: Ref<HTMLDivElement>
  active: boolean
}

export const rowId = (key: string) => `row-${key.replace(/\W/g, '_')}`

/** The line of the number after this one, or else of the one before it. */
export function nextLine(items: readonly ListItem[], key: string): HTMLElement | null {
  const keys = rowKeys(items)
  const at = keys.indexOf(key)
  const next = at < 0 ? undefined : (keys[at + 1] ?? keys[at - 1])
  return next === undefined ? null : document.getElementById(rowId(next))
}

interface PlacedRowProps {
  id?: string
  place: Place
  /** The panel beside the list shows it. */
  current?: boolean
  className: string
  children: ReactNode
}

export function PlacedRow({ id, place, current = false, className, children }: PlacedRowProps) {
  return (
    <Row
      id={id}
      ref={place.measure}
      data-index={place.index}
      tabIndex={place.active ? 0 : -1}
      aria-rowindex={place.index + 2}
      aria-current={current || undefined}
      className={`absolute inset-x-0 top-0 -outline-offset-2 ${current ? SHOWN_ROW : ''} ${className}`}
      style={{ transform: `translateY(${place.top}px)` }}
    >
      {children}
    </Row>
  )
}
