'use client'

import { useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { lastUsedWording } from '@/components/inventory/use-wording'
import { SelectRows } from '@/components/selection/select-rows'
import { isFocusFree, useRoving } from '@/components/ui/focus'
import { useNow } from '@/components/ui/hooks'
import { RowGroup, Table } from '@/components/ui/table'
import { useWindowList } from '@/components/ui/window-list'
import { useStoredScroll } from '@/lib/client/storage/scroll'
import { UNMARKED } from '@/lib/domain/inventory/marks'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { rowUse } from '@/lib/domain/inventory/unused'
import type { ListItem } from '@/lib/domain/inventory/view'
import { AgentLine } from './agent-line'
import { cellClasses, gridTracks, NONE_HIDDEN, shownColumns } from './columns'
import { GroupLine } from './group-line'
import { useGeometry, withActive } from './list-geometry'
import { NumberLine } from './number-line'
import { useNumbers, useShown } from './numbers-context'
import type { Place } from './placed-row'
import { TableHeader } from './table-header'
import { useColumns } from './use-columns'
import { useLineKeys } from './use-line-keys'

function keyOf(item: ListItem): string {
  if (item.kind === 'row') return item.key
  return item.kind === 'agent' ? `agent ${item.group.id} ${item.account.id}` : `group ${item.group.id}`
}

/** `phone`: drawn as cards; to change it, mount again. */
function useLines(phone: boolean) {
  const { model, selection } = useNumbers()
  const view = useShown()
  const { items } = view
  const storedTop = useStoredScroll()
  const { number } = view.params
  const shown = useMemo(
    () => (number === null ? -1 : items.findIndex((item) => item.kind === 'row' && item.number === number)),
    [items, number],
  )
  const roving = useRoving({
    count: items.length,
    shown: { id: number, index: shown },
    reveal: (index) => shownLines.scrollTo(index),
    onKey: (...pressed) => keys.onKey(...pressed),
    onMove: (index) => keys.onMove(index),
    onExtend: (...lines) => keys.onExtend(...lines),
    onAll: () => keys.onAll(),
  })
  const { active, list, focus } = roving
  const keys = useLineKeys(roving.go)
  const isNew = useRef(true)
  useLayoutEffect(() => {
    // Rows that are read for the first time come before it and between.
    if (!isNew.current || (model.reading && model.asOf === null)) return
    isNew.current = false
    // Not where a stored place was scrolled to, nor where a number's page opens.
    const isFree = isFocusFree() && window.scrollY === 0 && storedTop === null
    if (!phone && isFree && number === null) focus(0)
  })
  const { offset, rem, top, bar, sizes } = useGeometry(list, phone)
  const anySelected = selection.rows.length > 0
  const shownLines = useWindowList({
    lines: items,
    keyOf,
    heightOf: useCallback((item: ListItem) => sizes[item.kind], [sizes]),
    offset,
    over: { top, end: anySelected ? bar : 0 },
    beyond: 5,
    begin: storedTop,
  })
  const { shape } = view
  const drawnShape = useRef(shape)
  useLayoutEffect(() => {
    if (drawnShape.current === shape) return
    drawnShape.current = shape
    // The tools are in view far down, too, and what they lead to begins further up.
    if (phone || !shownLines.isBelow() || list.current?.contains(document.activeElement)) return
    shownLines.scrollTo(0, { toTop: true })
  })
  const drawn = useRef({ anySelected, rem })
  useLayoutEffect(() => {
    const before = drawn.current
    drawn.current = { anySelected, rem }
    // Larger text moves the line away, and the selection's bar comes over what is at the window's end.
    if (before.rem === rem && (before.anySelected || !anySelected)) return
    if (list.current?.contains(document.activeElement)) shownLines.scrollTo(active)
  })
  return { ...roving, ...shownLines }
}

/** Only the lines on screen are in the document; ARIA tells how many there are and which these are. */
export function NumbersTable({ phone }: { phone: boolean }) {
  const { canReturn } = useAccount()
  const { model, marks, returns, selection, actions } = useNumbers()
  const view = useShown()
  const { items } = view
  const { hidden } = useColumns(view.uses.size > 0)
  const now = useNow()
  const grouped = view.groups !== null
  const columns = useMemo(
    () => shownColumns(phone ? NONE_HIDDEN : hidden).filter(({ id }) => !grouped || id !== 'organization'),
    [phone, hidden, grouped],
  )
  const cells = useMemo(() => cellClasses(columns), [columns])
  const { setOrder } = selection
  useLayoutEffect(() => {
    setOrder(items)
  }, [setOrder, items])
  const { active, list, onKeyDown, onFocus, height, topOf, first, last, measure } = useLines(phone)
  const line = (item: ListItem, place: Place) => {
    const key = keyOf(item)
    if (item.kind === 'row') {
      const row = item
      const selected = selection.keys.has(row.key)
      const marksOfRow = marks.rows.get(row.key) ?? UNMARKED
      return (
        <NumberLine
          key={key}
          place={place}
          row={row}
          cells={cells}
          marks={marksOfRow}
          lastUsed={lastUsedWording(rowUse(view.uses, row), now)}
          actions={actions}
          selected={selected}
          current={row.number === view.params.number}
          shown={returns.ofRow(row)}
        />
      )
    }
    const select = (rows: readonly NumberRow[], name: string, id: string) =>
      canReturn && (
        <SelectRows
          rows={rows}
          name={`${name} ${id}`}
          complete={model.state.complete}
          selection={selection}
          tabbable={place.active}
        />
      )
    const span = columns.length + 1
    if (item.kind === 'agent') {
      const { account, rows } = item
      const box = select(rows, account.name, account.id)
      return <AgentLine key={key} place={place} account={account} count={rows.length} span={span} select={box} />
    }
    const { group, open } = item
    return (
      <GroupLine
        key={key}
        place={place}
        group={group}
        span={span}
        open={open}
        churn={view.churn}
        onToggle={view.toggleGroup}
        select={select(group.rows, group.name, group.id.replace('account ', ''))}
      />
    )
  }
  return (
    <Table
      aria-label="Assigned numbers"
      aria-rowcount={model.waiting ? -1 : items.length + 1}
      className="@container rounded-panel border border-line bg-surface max-sm:border-0 max-sm:bg-transparent"
      style={gridTracks(columns)}
      onKeyDown={onKeyDown}
    >
      <TableHeader view={view} columns={columns} />
      <RowGroup ref={list} data-focus-next="line" className="relative" style={{ height }} onFocus={onFocus}>
        {withActive(first, last, active).map((index) => {
          const item = items[index]
          return item && line(item, { index, top: topOf(index), measure, active: index === active })
        })}
      </RowGroup>
    </Table>
  )
}
