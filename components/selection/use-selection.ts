'use client'

import { useCallback, useMemo, useRef, useState } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import {
  type CanBeChosen,
  NOTHING_SELECTED,
  rangeOf,
  selectedRows,
  stillSelected,
  withRows,
} from '@/lib/domain/inventory/selection'
import { type ListItem, rowKeys } from '@/lib/domain/inventory/view'
import { type Chosen, takeOver } from './hand-over'
import { useArrival } from './use-arrival'
import { storedSelection, useStoredSelection } from './use-stored-selection'

function beginning(accountId: string | null): Chosen & { quiet: boolean } {
  const over = takeOver()
  if (accountId === null || over.keys.size > 0) return { ...over, quiet: false }
  return { keys: storedSelection(accountId), note: '', quiet: true }
}

/** A range that moving keys with Shift make. */
interface Extended {
  anchor: string
  /** Where the last key went to. */
  end: string | null
  /** What was selected before it, which it leaves alone. */
  before: ReadonlySet<string>
  added: readonly string[]
}

function beginAt(anchor: string | null, before: ReadonlySet<string>): Extended | null {
  return anchor === null ? null : { anchor, end: anchor, before, added: [] }
}

/** Searching does not change what is chosen; rows that leave the list drop out. None if the token may not return. */
export function useSelection(inventory: Inventory, canBeChosen: CanBeChosen) {
  const { id, canReturn } = useAccount()
  const accountId = canReturn ? id : null
  const [first] = useState(() => beginning(accountId))
  const [selection, setSelection] = useState(first.keys)
  const [carried, setCarried] = useState<Chosen>(first)
  const [alone, setAlone] = useState(false)
  /** The row that was last selected by itself: a range begins there while it still is. */
  const last = useRef<string | null>(null)
  const extended = useRef<Extended | null>(null)
  const order = useRef<readonly ListItem[]>([])
  const rows = useMemo(() => selectedRows(inventory, selection, canBeChosen), [inventory, selection, canBeChosen])
  const keys = useMemo(() => new Set(rows.map(({ key }) => key)), [rows])
  // A row that left the list and comes back is not chosen any more.
  const still = useMemo(() => stillSelected(inventory, selection, canBeChosen), [inventory, selection, canBeChosen])
  if (still !== selection) setSelection(still)
  useArrival(first, inventory, canBeChosen)
  useStoredSelection(accountId, selection)
  const set = useCallback((some: readonly NumberRow[], selected: boolean) => {
    const changed = some.map(({ key }) => key)
    extended.current = null
    setSelection((before) => withRows(before, changed, selected))
  }, [])
  const toggle = useCallback((row: NumberRow, selected: boolean, range: boolean) => {
    const shown = rowKeys(order.current)
    const from = last.current
    if (selected) last.current = row.key
    extended.current = null
    setSelection((before) => {
      const begins = range && from !== null && before.has(from) ? from : null
      return withRows(before, rangeOf(shown, begins, row.key), selected)
    })
  }, [])
  /** Keys of the row that a moving key with Shift came from and went to; null: a group's line. */
  const extend = (from: string | null, to: string | null) => {
    const { current } = extended
    const shown = rowKeys(order.current)
    const goesOn = current !== null && current.end === from && shown.includes(current.anchor)
    const begun = goesOn ? current : beginAt(from ?? to, keys)
    if (begun === null) return
    const range = to === null ? begun.added : rangeOf(shown, begun.anchor, to)
    const added = range.filter((key) => !begun.before.has(key))
    extended.current = { ...begun, end: to, added }
    setSelection((selected) => withRows(withRows(selected, begun.added, false), added, true))
  }
  const listed = useCallback(() => order.current, [])
  const setOrder = useCallback((listed: readonly ListItem[]) => {
    order.current = listed
  }, [])
  return {
    rows,
    keys,
    all: (some: readonly NumberRow[]) =>
      some.some(({ key }) => keys.has(key)) && some.every((row) => keys.has(row.key) || !canBeChosen(row)),
    set,
    toggle,
    extend,
    clear: () => {
      extended.current = null
      setSelection(NOTHING_SELECTED)
      setAlone(false)
    },
    /** These rows were chosen from a batch, whose note goes with them. */
    carry: (some: readonly NumberRow[], note: string | null) =>
      setCarried({ keys: new Set(some.map(({ key }) => key)), note: note ?? '' }),
    /** The note that goes with what is chosen: a batch's, if all of it comes from that batch. */
    note: rows.every(({ key }) => carried.keys.has(key)) ? carried.note : '',
    alone: alone && rows.length > 0,
    setAlone,
    listed,
    setOrder,
  }
}

export type SelectionModel = ReturnType<typeof useSelection>
