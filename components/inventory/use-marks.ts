'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useHydrated } from '@/components/ui/hydration'
import { marksQuery } from '@/lib/client/queries/marks'
import { type MarksByRow, marksOf } from '@/lib/domain/inventory/marks'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { type CanBeChosen, type Obstacle, obstacleTo } from '@/lib/domain/inventory/selection'
import type { ReturnMarks } from '@/lib/domain/returns/marks'
import { useAccount } from './account-context'
import { useInBatches } from './use-in-batches'
import type { InventoryModel } from './use-inventory'

/** The same until the first answer, so that nothing is drawn again meanwhile. */
const NO_MARKS: ReturnMarks = { locked: [], reads: [], readAt: '' }
/** `readAt` differs in every answer; without it, an answer with nothing new draws nothing again. */
const withoutTime = ({ locked, reads }: ReturnMarks) => ({ locked, reads })

export interface Marks {
  rows: MarksByRow
  /** Why a number can't be returned now, also one that is not in the list; null: it can. */
  obstacle: (row: Pick<NumberRow, 'number'>) => Obstacle | null
  canBeChosen: CanBeChosen
  unknownCount: number
}

export function useMarks(model: InventoryModel, started: readonly string[]): Marks {
  const { canReturn } = useAccount()
  const { inventory, state, begun, reading, changes } = model
  const { problems, accountsRead } = state
  // The list's own requests go first.
  const hydrated = useHydrated()
  const enabled = hydrated && begun
  const { data = NO_MARKS } = useQuery({ ...marksQuery, select: withoutTime, placeholderData: NO_MARKS, enabled })
  const inBatch = useInBatches(started, hydrated && canReturn)
  const locked = useMemo(() => new Map(data.locked.map(({ number, outcome }) => [number, outcome])), [data.locked])
  const rows = useMemo(
    () => marksOf({ inventory, problems, accountsRead, reading, changes, locked, reads: data.reads, inBatch }),
    [inventory, problems, accountsRead, reading, changes, locked, data.reads, inBatch],
  )
  const obstacles = useMemo(() => {
    const obstacle = (row: Pick<NumberRow, 'number'>) => obstacleTo(row, inventory, locked, inBatch)
    return { obstacle, canBeChosen: (row: Pick<NumberRow, 'number'>) => obstacle(row) === null }
  }, [inventory, locked, inBatch])
  return { rows, ...obstacles, unknownCount: data.locked.filter(({ outcome }) => outcome === 'unknown').length }
}
