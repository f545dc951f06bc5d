'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useHydrated } from '@/components/ui/hydration'
import { type MarksData, marksQuery } from '@/lib/client/queries/marks'
import { ownReturnsQuery } from '@/lib/client/queries/own-returns'
import { protectionsQuery } from '@/lib/client/queries/protections'
import { useDismissed } from '@/lib/client/storage/dismissed'
import { type MarksByRow, marksOf } from '@/lib/domain/inventory/marks'
import { type ProtectedNumbers, protectedNumbers } from '@/lib/domain/inventory/protected'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { type CanBeChosen, type Obstacle, obstacleTo } from '@/lib/domain/inventory/selection'
import type { Protection } from '@/lib/domain/protections/protection'
import { useAccount } from './account-context'
import { useInBatches } from './use-in-batches'
import type { InventoryModel } from './use-inventory'

/** The same until the first answer, so that nothing is drawn again meanwhile. */
const NO_MARKS: MarksData = { locked: [], reads: [], refused: [], protections: null, readAt: '', ahead: 0 }
/** `readAt` differs in every answer; without it, an answer with nothing new draws nothing again. */
const withoutTime = ({ locked, reads, refused, protections }: MarksData) => ({ locked, reads, refused, protections })
const NO_PROTECTIONS: Protection[] = []

export interface Marks {
  rows: MarksByRow
  /** Why a number can't be returned now, also one that is not in the list; null: it can. */
  obstacle: (row: Pick<NumberRow, 'number'>) => Obstacle | null
  canBeChosen: CanBeChosen
  protections: readonly Protection[]
  protectedBy: ProtectedNumbers
  unknownCount: number
}

export function useMarks(model: InventoryModel, started: readonly string[]): Marks {
  const { id, canReturn } = useAccount()
  const { inventory, state, begun, reading, changes } = model
  const { problems, accountsRead } = state
  // The list's own requests go first.
  const hydrated = useHydrated()
  const enabled = hydrated && begun
  const { data = NO_MARKS } = useQuery({ ...marksQuery, select: withoutTime, placeholderData: NO_MARKS, enabled })
  const { data: protections = NO_PROTECTIONS } = useQuery({ ...protectionsQuery(data.protections), enabled })
  const protectedBy = useMemo(() => protectedNumbers(inventory, protections), [inventory, protections])
  const inBatch = useInBatches(started, hydrated && canReturn)
  const { data: own } = useQuery(ownReturnsQuery(id))
  const locked = useMemo(() => {
    const asked = own.flatMap((each) => (each.step === 'asked' ? [[each.number, 'open'] as const] : []))
    return new Map([...asked, ...data.locked.map(({ number, outcome }) => [number, outcome] as const)])
  }, [own, data.locked])
  const dismissed = useDismissed()
  const refused = useMemo(
    () => data.refused.filter(({ receiptId }) => !dismissed.has(receiptId)),
    [data.refused, dismissed],
  )
  const rows = useMemo(() => {
    const { reads } = data
    return marksOf({
      inventory,
      problems,
      accountsRead,
      reading,
      changes,
      locked,
      reads,
      refused,
      inBatch,
      protectedBy,
    })
  }, [inventory, problems, accountsRead, reading, changes, locked, data, refused, inBatch, protectedBy])
  const obstacles = useMemo(() => {
    const obstacle = (row: Pick<NumberRow, 'number'>) => obstacleTo(row, inventory, locked, inBatch, protectedBy)
    return { obstacle, canBeChosen: (row: Pick<NumberRow, 'number'>) => obstacle(row) === null }
  }, [inventory, locked, inBatch, protectedBy])
  const unknownCount = data.locked.filter(({ outcome }) => outcome === 'unknown').length
  return { rows, ...obstacles, protections, protectedBy, unknownCount }
}
