import type { ReactNode, Ref } from 'react'
import { Row } from '@/components/ui/table'

/** Where the virtual list puts a line. `top` in px. */
export interface Place {
  index: number
  top: number
  measure: Ref<HTMLDivElement>
  active: boolean
}

export const rowId = (key: string) => `row-${key.replace(/\W/g, '_')}`

interface PlacedRowProps {
  id?: string
  place: Place
  className: string
  children: ReactNode
}

export function PlacedRow({ id, place, className, children }: PlacedRowProps) {
  return (
    <Row
      id={id}
      ref={place.measure}
      data-index={place.index}
      tabIndex={place.active ? 0 : -1}
      aria-rowindex={place.index + 2}
      className={`absolute inset-x-0 top-0 -outline-offset-2 ${className}`}
      style={{ transform: `translateY(${place.top}px)` }}
    >
      {children}
    </Row>
  )
}
