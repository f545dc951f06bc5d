'use client'

import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useState } from 'react'
import type { NumberRow } from '@/lib/inventory/rows'
import type { SelectionModel } from '../batches/use-selection'
import { RowGroup, Table } from '../ui/table'
import { GroupLine } from './group-line'
import { NumberLine } from './number-line'
import { TableHeader } from './table-header'
import type { RowMarks } from './use-marks'
import { useRoving } from './use-roving'
import type { ViewModel } from './use-view'

/** Heights of lines, in px: rem, because people enlarge text. On a phone they are measured; on a desk they are exact. */
function sizesOf(phone: boolean): { row: number; group: number; exact: boolean } {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
  if (phone) return { row: 9 * rem, group: 3.5 * rem, exact: false }
  return { row: 3 * rem, group: 2.75 * rem, exact: true }
}

/** How far the list begins below the top of the document; it changes when notices come and go above. */
function useOffset(list: RefObject<HTMLDivElement | null>): number {
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
function withActive(range: Range, active: number): number[] {
  const shown = defaultRangeExtractor(range)
  if (shown.includes(active) || active >= range.count) return shown
  return active < (shown[0] ?? 0) ? [active, ...shown] : [...shown, active]
}

/** Room for the table's header, which stays in view, px. */
const HEADER = 40

interface NumbersTableProps {
  view: ViewModel
  marks: RowMarks
  onReturn: ((row: NumberRow) => void) | null
  onOpen: (row: NumberRow) => void
  /** null: this token may not return. */
  selection: SelectionModel | null
  /** Drawn as cards; to change it, mount anew. */
  phone: boolean
}

/** Only the lines on screen are in the document; ARIA tells how many there are and which these are. */
export function NumbersTable({ view, marks, onReturn, onOpen, selection, phone }: NumbersTableProps) {
  const { items } = view
  useLayoutEffect(() => {
    selection?.setOrder(items.flatMap((item) => (item.kind === 'row' ? [item.row.key] : [])))
  })
  const [sizes] = useState(() => sizesOf(phone))
  const { active, list, onKeyDown, onFocus } = useRoving({
    count: items.length,
    reveal: (index) => virtual.scrollToIndex(index),
    onKey: (key, index, onLine) => {
      const item = items[index]
      if (key === 'Enter' && onLine && item) {
        if (item.kind === 'row') onOpen(item.row)
        else view.toggleGroup(item.group.id)
        return true
      }
      if (item?.kind !== 'row' || !onReturn || marks.inTwoAccounts(item.row)) return false
      if (key === 'x') {
        selection?.toggle(item.row, !selection.keys.has(item.row.key), false)
        return true
      }
      if (key !== 'r') return false
      onReturn(item.row)
      return true
    },
  })
  const offset = useOffset(list)
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: (index) => (items[index]?.kind === 'group' ? sizes.group : sizes.row),
    getItemKey: (index) => {
      const item = items[index]
      return item ? (item.kind === 'group' ? `group ${item.group.id}` : item.row.key) : index
    },
    rangeExtractor: (range) => withActive(range, active),
    overscan: 8,
    scrollMargin: offset,
    scrollPaddingStart: phone ? 0 : HEADER,
  })
  return (
    <Table
      aria-label="Assigned numbers"
      aria-rowcount={items.length + 1}
      className="@container rounded-panel border border-line bg-surface max-sm:border-0 max-sm:bg-transparent"
    >
      <TableHeader view={view} />
      <RowGroup
        ref={list}
        className="relative"
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      >
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index]
          if (!item) return null
          // A customer's line may wrap; a number's is exact on a desk, and measuring fifty for nothing costs frames.
          const measure = sizes.exact && item.kind === 'row' ? undefined : virtual.measureElement
          const place = { index, top: start - offset, measure, active: index === active }
          if (item.kind === 'group') {
            const { group, open } = item
            return (
              <GroupLine
                key={key}
                place={place}
                group={group}
                open={open}
                churn={view.churn}
                onToggle={view.toggleGroup}
                selected={selection && group.rows.every((row) => selection.keys.has(row.key))}
                onSelect={(chosen, selected) => selection?.set(chosen.rows, selected)}
              />
            )
          }
          return (
            <NumberLine
              key={key}
              place={place}
              row={item.row}
              marks={marks}
              onReturn={onReturn}
              onOpen={onOpen}
              selected={selection?.keys.has(item.row.key) ?? false}
              onSelect={selection?.toggle ?? null}
            />
          )
        })}
      </RowGroup>
    </Table>
  )
}
