'use client'

import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import type { Inventory } from '@/lib/domain/inventory/rows'
import type { ActionId } from './action-list'

type Actions = { [Id in ActionId]?: (() => void) | false }
/** What opens a number (E.164), a receipt or a batch (ids), or lists what a search finds. */
export type OpenerName = 'openNumber' | 'findNumbers' | 'openReceipt' | 'openBatch' | 'findReturns'
type Openers = { [Name in OpenerName]?: (what: string) => void }

/** What a screen does while it is there. `false`: not now. */
export interface Provided extends Actions, Openers {
  /** The rows of the list, which remember what a search made of them. */
  inventory?: Inventory
}

const sources = new Set<{ current: Provided }>()
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tellListeners(): void {
  for (const listener of listeners) listener()
}

/** Offers actions to keys, menus and the palette while the caller is mounted. */
export function useActions(actions: Provided): void {
  const source = useRef(actions)
  // At once: a key can come before an ordinary effect runs.
  useLayoutEffect(() => {
    source.current = actions
    tellListeners()
  })
  useEffect(() => {
    sources.add(source)
    tellListeners()
    return () => {
      sources.delete(source)
      tellListeners()
    }
  }, [])
}

/** What a mounted screen provides under a name. */
export function provided<Name extends keyof Provided>(name: Name): Provided[Name] | undefined {
  for (const { current } of sources) if (current[name]) return current[name]
}

/** The list's rows while a screen shows them; a new list draws the caller again. */
export function useProvidedInventory(): Inventory | undefined {
  return useSyncExternalStore(
    subscribe,
    () => provided('inventory'),
    () => undefined,
  )
}

/** Returns whether it can be done now, and was. */
export function runAction(id: ActionId): boolean {
  const act = provided(id)
  if (act) act()
  return Boolean(act)
}
