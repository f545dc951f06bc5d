'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'
import type { NumberRow } from '@/lib/inventory/rows'
import { RowGroup, Table } from '../ui/table'
import { GroupLine } from './group-line'
import { NumberLine } from './number-line'
import { TableHeader } from './table-header'
import type { RowMarks } from './use-marks'
import type { ViewModel } from './use-view'

/** Heights of lines, in px: rem, because people enlarge text. On a phone they are measured; on a desk they are exact. */
function sizesOf(phone: boolean): { row: number; group: number; exact: boolean } {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
  if (phone) return { row: 9 * rem, group: 3.5 * rem, exact: false }
  return { row: 3 * rem, group: 2.75 * rem, exact: true }
}

/** How far the list begins below the top of the document; it changes when notices come and go above. */
function useOffset() {
  const list = useRef<HTMLDivElement>(null)
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
  }, [])
  return { list, offset }
}

interface NumbersTableProps {
  view: ViewModel
  marks: RowMarks
  onReturn: ((row: NumberRow) => void) | null
  /** Drawn as cards; to change it, mount anew. */
  phone: boolean
}

/** Only the lines on screen are in the document; ARIA tells how many there are and which these are. */
export function NumbersTable({ view, marks, onReturn, phone }: NumbersTableProps) {
  const { items } = view
  const { list, offset } = useOffset()
  const [sizes] = useState(() => sizesOf(phone))
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: (index) => (items[index]?.kind === 'group' ? sizes.group : sizes.row),
    getItemKey: (index) => {
      const item = items[index]
      return item ? (item.kind === 'group' ? `group ${item.group.id}` : item.row.key) : index
    },
    overscan: 8,
    scrollMargin: offset,
  })
  return (
    <Table
      aria-label="Assigned numbers"
      aria-rowcount={items.length + 1}
      className="rounded-panel border border-line bg-surface max-sm:border-0 max-sm:bg-transparent"
    >
      <TableHeader view={view} />
      <RowGroup ref={list} className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index]
          if (!item) return null
          const place = { index, top: start - offset, measure: sizes.exact ? undefined : virtual.measureElement }
          if (item.kind === 'group') {
            return (
              <GroupLine
                key={key}
                place={place}
                group={item.group}
                open={item.open}
                churn={view.churn}
                onToggle={view.toggleGroup}
              />
            )
          }
          return <NumberLine key={key} place={place} row={item.row} marks={marks} onReturn={onReturn} />
        })}
      </RowGroup>
    </Table>
  )
}
