'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { RowMarks } from '@/components/inventory/use-marks'
import type { ViewModel } from '@/components/inventory/use-view'
import { SelectRows } from '@/components/selection/select-rows'
import type { SelectionModel } from '@/components/selection/use-selection'
import { RowGroup, Table } from '@/components/ui/table'
import { useToast } from '@/components/ui/toast'
import { useRoving } from '@/components/ui/use-roving'
import { useStoredScroll } from '@/lib/client/storage/scroll'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { AgentLine } from './agent-line'
import { cellClasses, gridTracks, NONE_HIDDEN, shownColumns } from './columns'
import { GroupLine } from './group-line'
import {
  measureLaidOut,
  observeWindow,
  scrollUnlessThere,
  useOffset,
  useResized,
  useSizes,
  windowSize,
  withActive,
} from './list-geometry'
import { NumberLine } from './number-line'
import { TableHeader } from './table-header'
import { useColumns } from './use-columns'

interface NumbersTableProps {
  view: ViewModel
  marks: RowMarks
  onReturn: ((row: NumberRow) => void) | null
  onOpen: (row: NumberRow) => void
  /** null: this token may not return. */
  selection: SelectionModel | null
  /** Whether the whole list was read. */
  complete: boolean
  /** Drawn as cards; to change it, mount anew. */
  phone: boolean
}

/** Only the lines on screen are in the document; ARIA tells how many there are and which these are. */
export function NumbersTable({ view, marks, onReturn, onOpen, selection, complete, phone }: NumbersTableProps) {
  const { items } = view
  const toast = useToast()
  const { hidden } = useColumns()
  const grouped = view.groups !== null
  const columns = useMemo(
    () => shownColumns(phone ? NONE_HIDDEN : hidden).filter(({ id }) => !grouped || id !== 'organization'),
    [phone, hidden, grouped],
  )
  const cells = useMemo(() => cellClasses(columns), [columns])
  const anySelected = (selection?.rows.length ?? 0) > 0
  const setOrder = selection?.setOrder
  useLayoutEffect(() => {
    setOrder?.(items.flatMap((item) => (item.kind === 'row' ? [item.row.key] : [])))
  }, [setOrder, items])
  const sizes = useSizes(phone, grouped)
  const [size] = useState(windowSize)
  const [scrollTo] = useState(scrollUnlessThere)
  const { active, list, go, onKeyDown, onFocus } = useRoving({
    count: items.length,
    reveal: (index) => virtual.scrollToIndex(index),
    onKey: (key, index, onLine) => {
      const item = items[index]
      if (key === 'Enter' && onLine && item) {
        if (item.kind === 'row') onOpen(item.row)
        else {
          view.toggleGroup(item.group.id)
          // An agent's line goes with its customer's rows; that line stays.
          go(items.findIndex((other) => other.kind === 'group' && other.group.id === item.group.id))
        }
        return true
      }
      if (key === 'x' && onLine && selection && item && item.kind !== 'row') {
        const rows = item.kind === 'group' ? item.group.rows : item.rows
        selection.set(rows, !selection.all(rows))
        return true
      }
      if (item?.kind !== 'row' || !onReturn || (key !== 'x' && key !== 'r')) return false
      const why = marks.notReturnable(item.row)
      if (why) {
        toast(why, 'failure')
        return true
      }
      if (key === 'x') {
        selection?.toggle(item.row, !selection.keys.has(item.row.key), false)
        return true
      }
      onReturn(item.row)
      return true
    },
  })
  const selectAll = (rows: readonly NumberRow[], name: string, active: boolean) =>
    selection && <SelectRows rows={rows} name={name} complete={complete} selection={selection} tabbable={active} />
  const offset = useOffset(list)
  const keptTop = useStoredScroll()
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: (index) => sizes[items[index]?.kind ?? 'row'],
    measureElement: measureLaidOut,
    getItemKey: (index) => {
      const item = items[index]
      if (item?.kind === 'row') return item.row.key
      return item ? `group ${item.group.id}${item.kind === 'agent' ? ` agent ${item.account.id}` : ''}` : index
    },
    rangeExtractor: (range) => withActive(range, active),
    // A card is three times as high as a line, and so much the dearer.
    overscan: phone ? 3 : 8,
    scrollMargin: offset,
    // Known before it is observed: else the first drawing has room for one line, and a second follows at once.
    initialRect: size,
    initialOffset: () => keptTop ?? window.scrollY,
    observeElementRect: observeWindow,
    scrollToFn: scrollTo,
    scrollPaddingStart: sizes.header,
    scrollPaddingEnd: sizes.bar * Number(anySelected),
  })
  const hadSelected = useRef(anySelected)
  useLayoutEffect(() => {
    const comes = anySelected && !hadSelected.current
    hadSelected.current = anySelected
    // The bar comes over what is at the window's end, which may be the row that was just chosen.
    if (comes && list.current?.contains(document.activeElement)) virtual.scrollToIndex(active)
  })
  useResized(sizes, virtual, list, active)
  return (
    <Table
      aria-label="Assigned numbers"
      aria-rowcount={items.length + 1}
      className="@container rounded-panel border border-line bg-surface max-sm:border-0 max-sm:bg-transparent"
      style={gridTracks(columns)}
      onKeyDown={onKeyDown}
    >
      <TableHeader view={view} columns={columns} />
      <RowGroup ref={list} className="relative" style={{ height: virtual.getTotalSize() }} onFocus={onFocus}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index]
          if (!item) return null
          // A customer's line may wrap; the others are exact on a desk, and measuring fifty for nothing costs frames.
          const measure = sizes.exact && item.kind !== 'group' ? undefined : virtual.measureElement
          const place = { index, top: start - offset, measure, active: index === active }
          if (item.kind === 'group') {
            const { group, open } = item
            return (
              <GroupLine
                key={key}
                place={place}
                group={group}
                span={columns.length + 1}
                open={open}
                churn={view.churn}
                onToggle={view.toggleGroup}
                select={selectAll(group.rows, `${group.name} ${group.id.replace('account ', '')}`, place.active)}
              />
            )
          }
          if (item.kind === 'agent') {
            const { account, rows } = item
            return (
              <AgentLine
                key={key}
                place={place}
                account={account}
                count={rows.length}
                span={columns.length + 1}
                select={selectAll(rows, `${account.name} ${account.id}`, place.active)}
              />
            )
          }
          return (
            <NumberLine
              key={key}
              place={place}
              row={item.row}
              cells={cells}
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
