'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Inventory, NumberRow } from '@/lib/inventory/rows'
import {
  type CanBeChosen,
  NOTHING_SELECTED,
  rangeOf,
  selectedRows,
  stillSelected,
  withRows,
} from '@/lib/inventory/selection'
import { useAnnounce } from '../shell/announcer'
import { formatCount, plural } from '../ui/format'
import { type Chosen, takeOver } from './hand-over'

/** Which rows are chosen. The set stays as it is while people search and scroll; rows that leave the list drop out. */
export function useSelection(inventory: Inventory, canBeChosen: CanBeChosen) {
  const announce = useAnnounce()
  const [over] = useState(takeOver)
  const handed = over.keys
  const [selection, setSelection] = useState(handed)
  const [carried, setCarried] = useState<Chosen>(over)
  const [alone, setAlone] = useState(false)
  const last = useRef<string | null>(null)
  const order = useRef<readonly string[]>([])
  const rows = useMemo(() => selectedRows(inventory, selection, canBeChosen), [inventory, selection, canBeChosen])
  const keys = useMemo(() => new Set(rows.map(({ key }) => key)), [rows])
  // What left the list has dropped out for good: it does not come back chosen if it comes back.
  const still = useMemo(() => stillSelected(inventory, selection, canBeChosen), [inventory, selection, canBeChosen])
  if (still !== selection) setSelection(still)
  const found = useMemo(() => rows.filter(({ key }) => handed.has(key)).length, [rows, handed])
  const arrived = useRef(handed.size === 0)
  useEffect(() => {
    if (arrived.current || (found < handed.size && !inventory.complete)) return
    arrived.current = true
    const missing = handed.size - found
    const why = missing === 1 ? 'the other is' : 'the others are'
    announce(
      missing === 0
        ? `${plural(found, 'number')} selected.`
        : `${formatCount(found)} of ${formatCount(handed.size)} selected; ${why} not in the list, or can’t be returned now.`,
    )
  }, [announce, found, handed, inventory.complete])
  const set = useCallback((some: readonly NumberRow[], selected: boolean) => {
    setSelection((before) =>
      withRows(
        before,
        some.map(({ key }) => key),
        selected,
      ),
    )
  }, [])
  const toggle = useCallback((row: NumberRow, selected: boolean, range: boolean) => {
    const changed = range ? rangeOf(order.current, last.current, row.key) : [row.key]
    last.current = row.key
    setSelection((before) => withRows(before, changed, selected))
  }, [])
  const setOrder = useCallback((keysOnScreen: readonly string[]) => {
    order.current = keysOnScreen
  }, [])
  return {
    rows,
    keys,
    /** Whether all of these that can be chosen are. */
    all: (some: readonly NumberRow[]) => {
      let any = false
      for (const row of some) {
        if (!canBeChosen(row)) continue
        if (!keys.has(row.key)) return false
        any = true
      }
      return any
    },
    set,
    toggle,
    clear: () => {
      setSelection(NOTHING_SELECTED)
      setAlone(false)
    },
    /** These rows were chosen from a batch, whose note goes with them. */
    carry: (some: readonly NumberRow[], note: string | null) =>
      setCarried({ keys: new Set(some.map(({ key }) => key)), note: note ?? '' }),
    /** The note that goes with what is chosen: a batch's, if all of it comes from that batch. */
    note: rows.every(({ key }) => carried.keys.has(key)) ? carried.note : '',
    /** Only the chosen rows are shown. */
    alone: alone && rows.length > 0,
    setAlone,
    /** Told by the list: the order on screen, for ranges. */
    setOrder,
  }
}

export type SelectionModel = ReturnType<typeof useSelection>
