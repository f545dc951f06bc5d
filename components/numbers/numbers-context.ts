'use client'

import { createContext, useContext } from 'react'
import type { ViewModel } from '@/components/inventory/use-view'
import type { AnsweredReturn, WaitingReturn } from '@/components/returns/shown-returns'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import type { Protection } from '@/lib/domain/protections/protection'
import type { useNumbersModel } from './use-numbers'

/** What a row does; the same functions in each drawing, so that rows are not drawn again for them. */
export interface RowActions {
  open: (row: NumberRow) => void
  askReturn: (row: NumberRow) => void
  protect: (row: NumberRow) => void
  lift: (protection: Protection) => void
  select: (row: NumberRow, selected: boolean, range: boolean) => void
  undo: (waiting: WaitingReturn) => void
  dismiss: (answered: AnsweredReturn) => void
}

type NumbersModel = ReturnType<typeof useNumbersModel>

export const NumbersContext = createContext<NumbersModel | null>(null)

export function useNumbers(): NumbersModel {
  const numbers = useContext(NumbersContext)
  if (!numbers) throw new Error('There is no NumbersContext here.')
  return numbers
}

/** What is shown of the list. It changes with each key in the search, and what does not read it is not drawn then. */
export const ViewContext = createContext<ViewModel | null>(null)

export function useShown(): ViewModel {
  const view = useContext(ViewContext)
  if (!view) throw new Error('There is no ViewContext here.')
  return view
}
